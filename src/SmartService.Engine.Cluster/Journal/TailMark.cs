namespace SmartService.Engine.Cluster.Journal;

/// <summary>How this process stands with the journal's end.</summary>
internal sealed class TailMark
{
    /// <summary>Who has not seen the end for this long follows no more.</summary>
    private const long MostLagMs = 1_000;
    private long _atEnd = long.MinValue / 2;
    private long _failingSince;
    private volatile string? _fault;

    /// <summary>Since when it follows without a gap, by <see cref="Environment.TickCount64"/>; far ahead when it does not.</summary>
    public long Since { get; private set; } = long.MaxValue;

    /// <summary>All that was committed until a moment ago has been told here.</summary>
    public bool IsAtEnd => Environment.TickCount64 - Interlocked.Read(ref _atEnd) < MostLagMs;

    /// <summary>Why the journal has not been readable for longer than a moment, or null.</summary>
    public string? Fault => _fault is { } fault && Environment.TickCount64 - Interlocked.Read(ref _failingSince) >= MostLagMs ? fault : null;

    public void Begin() => Since = Environment.TickCount64;

    public void AtEnd()
    {
        Interlocked.Exchange(ref _atEnd, Environment.TickCount64);
        _fault = null;
    }

    public void Failed(string fault)
    {
        if (_fault is null)
        {
            Interlocked.Exchange(ref _failingSince, Environment.TickCount64);
        }

        _fault = fault;
    }
}
