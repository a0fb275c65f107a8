using System.Globalization;
using SmartService.Host.Commands;

namespace SmartService.Host.Replay;

/// <summary>
/// A recorded clickstream. CSV with a header, columns in any order:
/// <c>customer</c>, <c>at</c> (RFC 3339, or Unix time in seconds or milliseconds) and, for visits, <c>page</c> are needed;
/// <c>kind</c> is visit (the default) or order; a visit may have <c>session</c> (else a pause of 30 minutes begins a new one),
/// <c>subject</c>, <c>dwell_seconds</c>, <c>price</c>, <c>referrer</c> and <c>error</c>; an order has <c>order</c> and may have
/// <c>total</c>, <c>currency</c>, <c>items</c> ("product:name:quantity:price", separated by ';'), <c>promised_at</c> and
/// <c>payment</c>. Other columns are left alone. A file named .txt holds one session a line instead: ids of product pages.
/// </summary>
internal static class ClickFile
{
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(20);

    /// <summary>Rows in the order of the file. What is wrong with a row is told to <paramref name="fault"/> and the row left out.</summary>
    /// <exception cref="CommandException">The file or its header cannot be used.</exception>
    public static IEnumerable<ClickRow> Read(string path, Action<int, string> fault)
    {
        StreamReader text;
        try
        {
            text = new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {e.Message}");
        }

        using (text)
        {
            foreach (var row in Read(text, string.Equals(Path.GetExtension(path), ".txt", StringComparison.OrdinalIgnoreCase), fault))
            {
                yield return row;
            }
        }
    }

    /// <param name="isSessions">One session a line, instead of CSV.</param>
    internal static IEnumerable<ClickRow> Read(TextReader text, bool isSessions, Action<int, string> fault) => isSessions ? ReadSessions(text) : ReadCsv(text, fault);

    private static IEnumerable<ClickRow> ReadCsv(TextReader text, Action<int, string> fault)
    {
        var csv = new CsvReader(text);
        var header = Header(csv);
        var columns = ClickColumns.Of(header);
        var sessions = new SessionGuess();
        while (Next(csv, fault) is { } cells)
        {
            var (row, reason) = columns.Read(csv.Line, cells, sessions);
            if (row is not null)
            {
                yield return row;
            }
            else
            {
                fault(csv.Line, reason);
            }
        }
    }

    private static IReadOnlyList<string> Header(CsvReader csv)
    {
        try
        {
            return csv.Read() ?? throw new CommandException("The file is empty.");
        }
        catch (FormatException e)
        {
            throw new CommandException($"The header cannot be read: {e.Message}.");
        }
    }

    private static IReadOnlyList<string>? Next(CsvReader csv, Action<int, string> fault)
    {
        try
        {
            return csv.Read();
        }
        catch (FormatException e)
        {
            fault(csv.Line, e.Message);
            return null;
        }
    }

    /// <summary>Such files tell no times: the pages of a session come 20 seconds apart, the sessions one after another.</summary>
    private static IEnumerable<ClickRow> ReadSessions(TextReader text)
    {
        var at = DateTimeOffset.UnixEpoch;
        for (var line = 1; text.ReadLine() is { } pages; line++)
        {
            var customer = string.Create(CultureInfo.InvariantCulture, $"session-{line}");
            var number = 0;
            foreach (var page in pages.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                yield return ClickLines.Visit(line, at, customer, $"{customer}-visit", $"{customer}-page-{number++}", "product", page);
                at += BetweenPages;
            }
        }
    }
}
