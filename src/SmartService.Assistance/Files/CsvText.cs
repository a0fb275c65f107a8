using System.Buffers;
using System.Text;

namespace SmartService.Assistance.Files;

/// <summary>Comma-separated values as RFC 4180 has them, and as spreadsheets write them: also with semicolons or tabs.</summary>
/// <remarks>
/// Own reader, because every fault must name the line a person sees in an editor, also after fields that hold line breaks.
///
/// A cell that begins with = + - @ or a control character is a formula to a spreadsheet and may run commands there. Such a cell
/// is written with an apostrophe before it, as is one that begins with an apostrophe; reading takes one apostrophe off where such
/// a character follows. So what goes out safe comes back exact.
/// </remarks>
internal static class CsvText
{
    private const string Formula = "=+-@\t\r\n'";
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n;\t");

    /// <summary>The rows with the line each starts on, from 1. Empty lines are left out.</summary>
    /// <exception cref="FileFaultException">A quote that is never closed, or text behind a closing one.</exception>
    public static IEnumerable<CsvRow> Read(string text)
    {
        var separator = SeparatorOf(text);
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var start = line;
            var fields = new List<string>();
            var ended = false;
            while (!ended)
            {
                fields.Add(ReadField(text, separator, ref at, ref line, start));
                ended = at >= text.Length || text[at] != separator;
                at += ended ? 0 : 1;
            }

            EndLine(text, ref at, ref line);
            if (fields.Count > 1 || fields[0].Length > 0)
            {
                yield return new(start, [.. fields.Select(Disarmed)]);
            }
        }
    }

    public static void Write(StringBuilder to, IEnumerable<string> fields)
    {
        var first = true;
        foreach (var field in fields)
        {
            to.Append(first ? "" : ",");
            first = false;
            var armed = field.Length > 0 && Formula.Contains(field[0], StringComparison.Ordinal) ? "'" + field : field;
            if (armed.AsSpan().ContainsAny(NeedsQuotes) || armed.StartsWith(' ') || armed.EndsWith(' '))
            {
                to.Append('"').Append(armed.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                to.Append(armed);
            }
        }

        to.Append("\r\n");
    }

    private static string Disarmed(string field) =>
        field.Length > 1 && field[0] == '\'' && Formula.Contains(field[1], StringComparison.Ordinal) ? field[1..] : field;

    private static char SeparatorOf(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var header = end < 0 ? text.AsSpan() : text.AsSpan(0, end);
        return header.Contains(',') ? ',' : header.Contains(';') ? ';' : header.Contains('\t') ? '\t' : ',';
    }

    private static string ReadField(string text, char separator, ref int at, ref int line, int row)
    {
        if (at >= text.Length || text[at] != '"')
        {
            var end = at;
            while (end < text.Length && text[end] != separator && text[end] is not ('\r' or '\n'))
            {
                end++;
            }

            var plain = text[at..end];
            at = end;
            return plain;
        }

        return ReadQuoted(text, separator, ref at, ref line, row);
    }

    private static string ReadQuoted(string text, char separator, ref int at, ref int line, int row)
    {
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                line += text[at] == '\n' || (text[at] == '\r' && (at + 1 >= text.Length || text[at + 1] != '\n')) ? 1 : 0;
                field.Append(text[at]);
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append('"');
                at++;
                continue;
            }

            at++;
            return at >= text.Length || text[at] == separator || text[at] is '\r' or '\n'
                ? field.ToString()
                : throw new FileFaultException(line, "row", "has text behind a closing quote; write a quote inside a quoted field twice");
        }

        throw new FileFaultException(row, "row", "has a quote that is never closed");
    }

    private static void EndLine(string text, ref int at, ref int line)
    {
        if (at >= text.Length)
        {
            return;
        }

        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        line++;
    }
}
