using System.Buffers;
using System.Globalization;
using System.Text;

namespace SmartService.Gateway.Staff;

/// <summary>
/// Writes CSV (RFC 4180). Shoppers write these texts and people open the file in spreadsheets, so a cell that would run as a
/// formula gets an apostrophe in front (OWASP, "CSV Injection").
/// </summary>
internal sealed class CsvRow(TextWriter target)
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n'");
    private readonly StringBuilder _row = new(256);
    private bool _hasCells;

    public CsvRow Add(string? text)
    {
        Separate();
        if (string.IsNullOrEmpty(text))
        {
            return this;
        }

        var isFormula = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
        if (!isFormula && !text.AsSpan().ContainsAny(NeedsQuotes))
        {
            _row.Append(text);
            return this;
        }

        _row.Append('"').Append(isFormula ? "'" : "").Append(text).Replace("\"", "\"\"", _row.Length - text.Length, text.Length).Append('"');
        return this;
    }

    public CsvRow Add(IFormattable? value)
    {
        Separate();
        _row.Append(value?.ToString(null, CultureInfo.InvariantCulture));
        return this;
    }

    public CsvRow Add(bool? value) => Add(value switch { true => "true", false => "false", null => null });

    public async ValueTask EndAsync(CancellationToken ct)
    {
        _row.Append("\r\n");
        await target.WriteAsync(_row, ct);
        _row.Clear();
        _hasCells = false;
    }

    private void Separate()
    {
        if (_hasCells)
        {
            _row.Append(',');
        }

        _hasCells = true;
    }
}
