namespace SmartService.Drills.Measuring;

/// <summary>A part of a drill, to be held against another part of it.</summary>
/// <param name="Messages">Acknowledged within it.</param>
/// <param name="AckP99Ms">Of the messages that were due within it.</param>
/// <param name="ResidentMegabytes">The server's memory: half of the seconds had less.</param>
/// <param name="DataBytesPerMessage">What its files grew by.</param>
internal sealed record SpanFigures(long Messages, double AckP99Ms, double? CpuMicrosPerMessage, double? ResidentMegabytes, double? DataBytesPerMessage)
{
    /// <summary>Ten beyond the p99 at least: fewer make it the time of one unlucky message.</summary>
    public const int LeastMessages = 1_000;

    /// <summary>How much more or less work another part may have had and still be held against this one.</summary>
    private const double MostMore = 1.25;

    /// <param name="seconds">Those of the part, in their order.</param>
    public static SpanFigures Of(IReadOnlyCollection<SecondFigures> seconds, LatencyHistogram acknowledged)
    {
        var seen = seconds.Where(s => s is { Cores: not null, Acknowledged: > 0 }).ToList();
        var resident = seconds.Select(s => s.ResidentMegabytes).OfType<double>().Order().ToList();
        var data = seconds.Where(s => s.DataMegabytes is not null).ToList();
        var messages = data.Skip(1).Sum(s => s.Acknowledged); // The first one's files are what the growth is counted from.
        return new(
            seconds.Sum(s => s.Acknowledged), acknowledged.PercentileMilliseconds(0.99),
            seen.Count == 0 ? null : seen.Sum(s => s.Cores!.Value) * 1e6 / seen.Sum(s => s.Acknowledged),
            resident.Count == 0 ? null : resident[resident.Count / 2],
            messages == 0 ? null : (data[^1].DataMegabytes - data[0].DataMegabytes) * 1e6 / messages);
    }

    /// <summary>Whether a difference between the two says something about the server: both had enough to do, and about the same.</summary>
    public bool IsComparableTo(SpanFigures other) =>
        Math.Min(Messages, other.Messages) >= LeastMessages && Math.Max(Messages, other.Messages) <= MostMore * Math.Min(Messages, other.Messages);
}
