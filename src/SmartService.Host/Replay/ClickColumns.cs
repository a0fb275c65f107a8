using System.Globalization;
using SmartService.Host.Commands;

namespace SmartService.Host.Replay;

/// <summary>Which column of a clickstream holds what.</summary>
internal sealed class ClickColumns
{
    private const long MillisecondsFrom = 100_000_000_000; // as seconds: the year 5138
    private static readonly string[] Needed = ["customer", "at"];
    private readonly Dictionary<string, int> _places;

    private ClickColumns(Dictionary<string, int> places) => _places = places;

    /// <exception cref="CommandException">A needed column is missing.</exception>
    public static ClickColumns Of(IReadOnlyList<string> header)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < header.Count; i++)
        {
            places.TryAdd(header[i].Trim().TrimStart('\uFEFF'), i);
        }

        var missing = Needed.Where(c => !places.ContainsKey(c)).ToList();
        return missing.Count == 0
            ? new(places)
            : throw new CommandException($"The header has no column {string.Join(" and no column ", missing)}. Needed: customer, at and page; see docs/operations.md.");
    }

    /// <returns>The row; null with the reason when it cannot be used.</returns>
    public (ClickRow? Row, string Reason) Read(int line, IReadOnlyList<string> cells, SessionGuess sessions)
    {
        var customer = Cell(cells, "customer");
        if (customer is null)
        {
            return (null, "customer is empty");
        }

        if (!TryTime(Cell(cells, "at"), out var at))
        {
            return (null, "at is neither a date and time nor Unix time");
        }

        return Cell(cells, "kind") switch
        {
            null or "visit" => Visit(line, cells, customer, at, sessions),
            "order" => Order(line, cells, customer, at),
            var kind => (null, $"kind is {kind}; visit or order"),
        };
    }

    private (ClickRow? Row, string Reason) Visit(int line, IReadOnlyList<string> cells, string customer, DateTimeOffset at, SessionGuess sessions)
    {
        if (Cell(cells, "page") is not { } page)
        {
            return (null, "page is empty");
        }

        if (!TryNumber(cells, "dwell_seconds", out var dwell) || !TryNumber(cells, "price", out var price))
        {
            return (null, "dwell_seconds and price are numbers");
        }

        var named = Cell(cells, "session");
        var session = named is null ? sessions.Of(customer, at) : named.Length >= 8 ? named : ClickLines.Id("session", customer, named);
        var subject = Cell(cells, "subject");
        var id = ClickLines.Id("visit", customer, at.ToString("O", CultureInfo.InvariantCulture), page, subject ?? "");
        return (ClickLines.Visit(line, at, customer, session, id, page, subject, (double?)dwell, price, Cell(cells, "referrer"), Cell(cells, "error")), "");
    }

    private (ClickRow? Row, string Reason) Order(int line, IReadOnlyList<string> cells, string customer, DateTimeOffset at)
    {
        if (Cell(cells, "order") is not { } number)
        {
            return (null, "order is empty");
        }

        if (!TryNumber(cells, "total", out var total))
        {
            return (null, "total is a number");
        }

        DateTimeOffset? promisedAt = null;
        if (Cell(cells, "promised_at") is { } promised)
        {
            if (!TryTime(promised, out var time))
            {
                return (null, "promised_at is neither a date and time nor Unix time");
            }

            promisedAt = time;
        }

        var items = (Cell(cells, "items") ?? "order:Order").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(OrderedItem.Parse).ToList();
        if (items.Count == 0 || items.Contains(null))
        {
            return (null, "items are like product:name:quantity:price, separated by ;");
        }

        var sum = total ?? items.Sum(i => i!.Quantity * i.UnitPrice);
        return (ClickLines.Order(line, at, customer, number, sum, Cell(cells, "currency") ?? "USD", items!, promisedAt, Cell(cells, "payment")), "");
    }

    private string? Cell(IReadOnlyList<string> cells, string column) =>
        _places.TryGetValue(column, out var place) && place < cells.Count && cells[place].Trim() is { Length: > 0 } text ? text : null;

    private bool TryNumber(IReadOnlyList<string> cells, string column, out decimal? number)
    {
        number = null;
        if (Cell(cells, column) is not { } text)
        {
            return true;
        }

        var ok = decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value);
        number = ok ? value : null;
        return ok;
    }

    private static bool TryTime(string? text, out DateTimeOffset time)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && unix < MillisecondsFrom * 1000)
        {
            time = unix < MillisecondsFrom ? DateTimeOffset.FromUnixTimeSeconds(unix) : DateTimeOffset.FromUnixTimeMilliseconds(unix);
            return true;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
