namespace SmartService.Gateway.Operations;

/// <summary>One line, or one histogram, of /metrics.</summary>
internal sealed class MetricSeries(string labels, double[]? bounds)
{
    private readonly Lock _lock = new();
    private readonly long[]? _buckets = bounds is null ? null : new long[bounds.Length + 1];
    private double _sum;
    private long _count;

    /// <summary>Rendered labels without braces; empty when there are none.</summary>
    public string Labels { get; } = labels;

    public double[]? Bounds { get; } = bounds;

    public void Add(double value)
    {
        lock (_lock)
        {
            _sum += value;
        }
    }

    public void Set(double value)
    {
        lock (_lock)
        {
            _sum = value;
        }
    }

    public void Record(double value)
    {
        var bucket = Array.BinarySearch(Bounds!, value);
        lock (_lock)
        {
            _buckets![bucket < 0 ? ~bucket : bucket]++;
            _sum += value;
            _count++;
        }
    }

    /// <summary>Value or sum, count, and a copy of the buckets, all of one moment.</summary>
    public (double Sum, long Count, long[]? Buckets) Read()
    {
        lock (_lock)
        {
            return (_sum, _count, (long[]?)_buckets?.Clone());
        }
    }
}
