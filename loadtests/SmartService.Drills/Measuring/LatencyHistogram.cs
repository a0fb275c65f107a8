using System.Numerics;

namespace SmartService.Drills.Measuring;

/// <summary>
/// Latencies with three significant digits in a fixed amount of memory, from 1 µs to 1 h. Histograms of the same kind add up,
/// which percentiles do not. Not thread-safe.
/// </summary>
/// <remarks>The bucket layout of HdrHistogram (Gil Tene): 2,048 equal steps, then halves of twice the width, and so on.</remarks>
internal sealed class LatencyHistogram
{
    private const int HalfBits = 10;
    private const int Half = 1 << HalfBits;
    private const long Mask = (2 * Half) - 1;

    /// <summary>1 h in µs; what is longer is counted as this long.</summary>
    public const long MostMicroseconds = 3_600_000_000;

    private readonly long[] _counts = new long[IndexOf(MostMicroseconds) + 1];
    private double _sum;

    public long Count { get; private set; }

    public long MaxMicroseconds { get; private set; }

    public double MeanMilliseconds => Count == 0 ? 0 : _sum / Count / 1000;

    public void Record(TimeSpan latency) => Record(latency.Ticks / TimeSpan.TicksPerMicrosecond);

    public void Record(long microseconds)
    {
        var value = Math.Clamp(microseconds, 0, MostMicroseconds);
        _counts[IndexOf(value)]++;
        Count++;
        _sum += value;
        MaxMicroseconds = Math.Max(MaxMicroseconds, value);
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        _sum += other._sum;
        MaxMicroseconds = Math.Max(MaxMicroseconds, other.MaxMicroseconds);
    }

    public void Clear()
    {
        Array.Clear(_counts);
        (Count, _sum, MaxMicroseconds) = (0, 0, 0);
    }

    /// <summary>The least value that at least this share of all is not above, within 0.1 % (at most 1 µs below 2 ms).</summary>
    /// <param name="share">0.99 for p99; 1 gives the exact largest.</param>
    /// <returns>0 when nothing was recorded.</returns>
    public double PercentileMicroseconds(double share)
    {
        if (Count == 0)
        {
            return 0;
        }

        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        if (wanted >= Count)
        {
            return MaxMicroseconds;
        }

        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
            {
                return Math.Min(HighestOf(i), MaxMicroseconds);
            }
        }

        return MaxMicroseconds;
    }

    public double PercentileMilliseconds(double share) => PercentileMicroseconds(share) / 1000;

    private static int IndexOf(long value)
    {
        var bucket = 63 - HalfBits - BitOperations.LeadingZeroCount((ulong)(value | Mask));
        return ((bucket + 1) << HalfBits) + (int)(value >> bucket) - Half;
    }

    /// <summary>The largest value counted in the same place.</summary>
    private static long HighestOf(int index)
    {
        var bucket = (index >> HalfBits) - 1;
        if (bucket < 0)
        {
            return index;
        }

        var step = (long)((index & (Half - 1)) + Half);
        return ((step + 1) << bucket) - 1;
    }
}
