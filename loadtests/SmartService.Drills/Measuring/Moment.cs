using System.Diagnostics;

namespace SmartService.Drills.Measuring;

/// <summary>Moments and lengths of time in Stopwatch ticks, as <see cref="Stopwatch.GetTimestamp"/> counts them.</summary>
internal static class Moment
{
    public static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    /// <summary>So long from now.</summary>
    public static long In(TimeSpan time) => Stopwatch.GetTimestamp() + Ticks(time);
}
