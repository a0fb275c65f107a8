using System.Collections.Immutable;

namespace SmartService.Assistance.Answers;

/// <summary>The three languages the product speaks: "ko", "zh" and "en".</summary>
internal static class Language
{
    /// <summary>The product's language for a BCP 47 tag; null when it speaks none such.</summary>
    public static string? Of(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag))
        {
            return null;
        }

        var cut = tag.AsSpan().Trim().IndexOfAny('-', '_');
        var primary = cut < 0 ? tag.AsSpan().Trim() : tag.AsSpan().Trim()[..cut];
        return primary switch
        {
            _ when primary.Equals("ko", StringComparison.OrdinalIgnoreCase) => "ko",
            _ when primary.Equals("zh", StringComparison.OrdinalIgnoreCase) => "zh",
            _ when primary.Equals("en", StringComparison.OrdinalIgnoreCase) => "en",
            _ => null,
        };
    }

    /// <summary>The language to answer in.</summary>
    /// <remarks>Hangul and Han decide by themselves. A few Latin letters ("A/S?", "NP-20417") say nothing, so the shopper's locale does.</remarks>
    public static string ToAnswer(string text, string? understood, string? locale, string tenantLocale)
    {
        var (hangul, han, latinWords) = Count(text);
        if (hangul > 0)
        {
            return "ko";
        }

        if (han > 0)
        {
            return "zh";
        }

        var settled = Of(locale) ?? Of(tenantLocale) ?? "en";
        return latinWords >= 2 ? Of(understood) ?? "en" : settled;
    }

    /// <summary>A language the store's bot speaks: this one, the store's own, or the first it names. None named stands for all.</summary>
    public static string Spoken(string language, ImmutableArray<string> spoken, string tenantLocale) =>
        spoken.IsDefaultOrEmpty || spoken.Contains(language) ? language : spoken.Contains(tenantLocale) ? tenantLocale : spoken[0];

    private static (int Hangul, int Han, int LatinWords) Count(string text)
    {
        int hangul = 0, han = 0, words = 0, run = 0;
        foreach (var c in text)
        {
            hangul += c is >= '\uAC00' and <= '\uD7A3' or >= '\u1100' and <= '\u11FF' or >= '\u3130' and <= '\u318F' ? 1 : 0;
            han += c is >= '\u3400' and <= '\u9FFF' ? 1 : 0;
            run = char.IsAsciiLetter(c) || c == '\'' ? run + 1 : 0;
            words += run == 2 ? 1 : 0;
        }

        return (hangul, han, words);
    }
}
