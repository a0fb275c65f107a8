using System.Text;

namespace SmartService.Host.Replay;

/// <summary>Reads CSV (RFC 4180): quoted cells may hold commas, quotes and line ends.</summary>
internal sealed class CsvReader(TextReader text)
{
    private const int MaxCellLength = 100_000;
    private int _line = 1;

    /// <summary>Line on which the row that was read last begins, from 1.</summary>
    public int Line { get; private set; }

    /// <returns>The cells of the next row that is not empty; null at the end.</returns>
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public IReadOnlyList<string>? Read()
    {
        while (text.Peek() >= 0)
        {
            Line = _line;
            var cells = ReadRow();
            if (cells.Count > 1 || cells[0].Length > 0)
            {
                return cells;
            }
        }

        return null;
    }

    private List<string> ReadRow()
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        while (true)
        {
            var c = text.Read();
            if (c == '\n')
            {
                _line++;
            }

            if (c < 0 && quoted)
            {
                throw new FormatException($"line {Line}: a quote is not closed");
            }

            if (quoted)
            {
                quoted = ReadQuoted((char)c, cell);
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c is ',' or '\n' or < 0)
            {
                cells.Add(c == ',' ? cell.ToString() : cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (c != ',')
                {
                    return cells;
                }
            }
            else
            {
                cell.Append((char)c);
            }

            if (cell.Length > MaxCellLength)
            {
                throw new FormatException($"line {Line}: a cell has more than {MaxCellLength:N0} characters");
            }
        }
    }

    /// <returns>Whether the cell's quotes are still open.</returns>
    private bool ReadQuoted(char c, StringBuilder cell)
    {
        if (c != '"')
        {
            cell.Append(c);
            return true;
        }

        if (text.Peek() != '"')
        {
            return false;
        }

        text.Read();
        cell.Append('"');
        return true;
    }
}
