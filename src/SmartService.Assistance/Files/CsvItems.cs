using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SmartService.Domain.Knowledge;
using SmartService.Domain.Popups;

namespace SmartService.Assistance.Files;

/// <summary>Q&amp;A as CSV: id, intent, question, variants (a | b), answer, locale, actions (label=/path; label=), validFrom, validTo.</summary>
/// <remarks>Columns in any order; only question, answer and locale must be there. A '|', ';', '=' or '\' inside a part is written with a '\' before it; white space around a part is dropped.</remarks>
internal static class CsvItems
{
    private static readonly string[] Columns = ["id", "intent", "question", "variants", "answer", "locale", "actions", "validFrom", "validTo"];
    private static readonly string[] Needed = ["question", "answer", "locale"];

    public static IEnumerable<ParsedItem> Read(string text)
    {
        Dictionary<int, string>? columns = null;
        foreach (var row in CsvText.Read(text))
        {
            if (columns is null)
            {
                columns = Header(row);
                continue;
            }

            yield return Item(row, columns);
        }

        if (columns is null)
        {
            throw new FileFaultException(1, "file", "is empty; the first line names the columns");
        }
    }

    public static string Write(IEnumerable<ImportedItem> items)
    {
        var text = new StringBuilder();
        CsvText.Write(text, Columns);
        foreach (var (id, content) in items)
        {
            CsvText.Write(text,
            [
                id.Value, content.Intent?.Value ?? "", content.Question, Join(" | ", content.Variants), content.Answer, content.Locale,
                string.Join("; ", content.Actions.Select(action => action.Url is null ? Escape(action.Label) : $"{Escape(action.Label)}={Escape(action.Url)}")),
                Time(content.ValidFrom), Time(content.ValidTo),
            ]);
        }

        return text.ToString();
    }

    private static Dictionary<int, string> Header(CsvRow row)
    {
        var columns = new Dictionary<int, string>();
        for (var i = 0; i < row.Fields.Length; i++)
        {
            var name = row.Fields[i].Trim();
            var column = Array.Find(Columns, known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new FileFaultException(row.Line, name.Length == 0 ? $"column {i + 1}" : name, $"is no known column; there are {string.Join(", ", Columns)}");
            if (columns.ContainsValue(column))
            {
                throw new FileFaultException(row.Line, column, "stands twice in the first line");
            }

            columns.Add(i, column);
        }

        return Array.Find(Needed, needed => !columns.ContainsValue(needed)) is { } missing
            ? throw new FileFaultException(row.Line, missing, "is missing from the first line, which names the columns")
            : columns;
    }

    private static ParsedItem Item(CsvRow row, Dictionary<int, string> columns)
    {
        var item = new ItemFields(row.Line);
        if (row.Fields.Length > columns.Count)
        {
            item.Fault("row", $"has {row.Fields.Length} fields where the first line names {columns.Count}; put fields with a separator in quotes");
        }

        for (var i = 0; i < Math.Min(row.Fields.Length, columns.Count); i++)
        {
            Set(item, columns[i], row.Fields[i]);
        }

        return item.Build();
    }

    private static void Set(ItemFields item, string column, string value)
    {
        switch (column)
        {
            case "id":
                item.Id = value;
                break;
            case "intent":
                item.Intent = value;
                break;
            case "question":
                item.Question = value;
                break;
            case "variants":
                item.Variants = [.. Split(value, '|').Select(Unescape).Where(variant => variant.Length > 0)];
                break;
            case "answer":
                item.Answer = value;
                break;
            case "locale":
                item.Locale = value;
                break;
            case "actions":
                item.Actions = [.. Split(value, ';').Where(part => part.Trim().Length > 0).Select(Action)];
                break;
            case "validFrom":
                item.ValidFrom = item.Time(column, value, isEnd: false);
                break;
            case "validTo":
                item.ValidTo = item.Time(column, value, isEnd: true);
                break;
        }
    }

    private static AnswerAction Action(string part)
    {
        var sides = Split(part, '=').ToArray();
        var url = sides.Length > 1 ? Unescape(string.Join('=', sides[1..])) : "";
        return new(Unescape(sides[0]), url.Length == 0 ? null : url);
    }

    /// <summary>Cuts at separators that no backslash stands before; the parts are still escaped.</summary>
    private static IEnumerable<string> Split(string text, char separator)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static string Unescape(string part)
    {
        var trimmed = part.Trim();
        if (!trimmed.Contains('\\', StringComparison.Ordinal))
        {
            return trimmed;
        }

        var text = new StringBuilder(trimmed.Length);
        for (var i = 0; i < trimmed.Length; i++)
        {
            var escapes = trimmed[i] == '\\' && i + 1 < trimmed.Length && trimmed[i + 1] is ('|' or ';' or '=' or '\\');
            text.Append(trimmed[escapes ? ++i : i]);
        }

        return text.ToString();
    }

    private static string Escape(string part)
    {
        var text = new StringBuilder(part.Length);
        foreach (var c in part)
        {
            text.Append(c is '|' or ';' or '=' or '\\' ? "\\" : "").Append(c);
        }

        return text.ToString();
    }

    private static string Join(string separator, ImmutableArray<string> parts) => parts.IsDefault ? "" : string.Join(separator, parts.Select(Escape));

    private static string Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture) ?? "";
}
