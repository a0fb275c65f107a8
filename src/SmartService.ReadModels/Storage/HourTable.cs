namespace SmartService.ReadModels.Storage;

/// <summary>
/// Between which positions the questions of each hour lie, whosever they are. An index by time would cost every question another entry; this is a
/// row an hour. Bounds only widen: that questions were erased leaves them true.
/// </summary>
internal sealed class HourTable(ReadModelWriter writer)
{
    private readonly Statement _widen = writer.Prepare(
        "INSERT INTO hours (hour, first, last) VALUES (?1, ?2, ?3) ON CONFLICT (hour) DO UPDATE SET first = min(first, ?2), last = max(last, ?3)");

    private (long Hour, long First, long Last)? _open;

    public static long Of(long ticks) => ticks / TimeSpan.TicksPerHour;

    public void Note(long at, long position)
    {
        var hour = Of(at);
        if (_open is { } open && open.Hour == hour)
        {
            _open = (hour, Math.Min(open.First, position), Math.Max(open.Last, position));
            return;
        }

        Flush();
        _open = (hour, position, position);
    }

    public void Flush()
    {
        if (_open is { } open)
        {
            _widen.Run(open.Hour, open.First, open.Last);
            _open = null;
        }
    }

    public void Drop() => _open = null;
}
