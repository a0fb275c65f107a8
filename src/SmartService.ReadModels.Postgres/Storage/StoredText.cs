namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>Text as PostgreSQL takes it: no character U+0000, no half of a surrogate pair.</summary>
internal static class StoredText
{
    private const char Instead = '\uFFFD';

    public static string? Of(string? text)
    {
        if (text is null || !(text.Contains('\0', StringComparison.Ordinal) || text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')))
        {
            return text;
        }

        return string.Create(text.Length, text, static (kept, whole) =>
        {
            for (var i = 0; i < whole.Length; i++)
            {
                if (char.IsHighSurrogate(whole[i]) && i + 1 < whole.Length && char.IsLowSurrogate(whole[i + 1]))
                {
                    (kept[i], kept[i + 1]) = (whole[i], whole[i + 1]);
                    i++;
                }
                else
                {
                    kept[i] = whole[i] == '\0' || char.IsSurrogate(whole[i]) ? Instead : whole[i];
                }
            }
        });
    }
}
