using System.Globalization;

namespace SmartService.Intent.Features;

/// <summary>Tells scripts apart.</summary>
public static class Script
{
    public static CharKind KindOf(char c) => c switch
    {
        (>= 'a' and <= 'z') or (>= '0' and <= '9') => CharKind.Letter,
        '?' or '!' or '$' or '€' or '£' => CharKind.Mark,
        < '\u0080' => CharKind.Break,
        (>= '\uAC00' and <= '\uD7A3') or (>= '\u1100' and <= '\u11FF') or (>= '\u3131' and <= '\u318E') => CharKind.Hangul,
        (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\u3040' and <= '\u30FF')
            or (>= '\uF900' and <= '\uFAFF') => CharKind.Han,
        _ when char.IsSurrogate(c) => CharKind.Mark,
        _ => CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber => CharKind.Letter,
            UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol => CharKind.Mark,
            _ => CharKind.Break,
        },
    };

    /// <summary>"ko", "zh" or "en": the script with the most words. Any Hangul word outweighs brand names in Latin letters.</summary>
    /// <returns>Null when the text has no letter of any script.</returns>
    public static string? LanguageOf(ReadOnlySpan<char> text)
    {
        int hangul = 0, han = 0, latinWords = 0;
        var inWord = false;
        foreach (var c in text)
        {
            var kind = KindOf(char.ToLowerInvariant(c));
            hangul += kind == CharKind.Hangul ? 1 : 0;
            han += kind == CharKind.Han ? 1 : 0;
            var letter = kind == CharKind.Letter && !char.IsDigit(c);
            latinWords += letter && !inWord ? 1 : 0;
            inWord = letter;
        }

        // A Hangul or Han character carries about as much as half a Latin word.
        return (hangul, han, latinWords) switch
        {
            (0, 0, 0) => null,
            _ when hangul >= han && hangul >= latinWords => "ko",
            _ when han >= latinWords => "zh",
            _ => "en",
        };
    }
}
