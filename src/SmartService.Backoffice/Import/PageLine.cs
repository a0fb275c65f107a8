using System.Text;

namespace SmartService.Backoffice.Import;

/// <summary>A line of text and where it stands in its source.</summary>
/// <param name="IsQuestion">The page itself marks it as a question.</param>
internal sealed record PageLine(string Text, int Start, int End, bool IsQuestion = false, bool IsHeading = false)
{
    /// <summary>Text as a person reads it: one space between words, no control characters, nothing that turns the direction of letters round.</summary>
    public static string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || c == '\u200B')
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (!char.IsControl(c) && c is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\uFEFF'))
            {
                clean.Append(c);
            }
        }

        return clean.ToString().TrimEnd();
    }
}

/// <summary>The lines of plain text; empty ones are left out.</summary>
internal static class PlainLines
{
    public static IReadOnlyList<PageLine> Of(string text)
    {
        var lines = new List<PageLine>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var clean = PageLine.Clean(text.AsSpan(start, end - start));
            if (clean.Length > 0)
            {
                lines.Add(new(clean, start, end));
            }

            start = end + 1;
        }

        return lines;
    }
}
