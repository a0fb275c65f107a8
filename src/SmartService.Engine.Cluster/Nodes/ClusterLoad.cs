using SmartService.Engine.Cluster.Grains;

namespace SmartService.Engine.Cluster.Nodes;

/// <summary>
/// How pressed the cluster is, as one gateway sees it: what silos say of their journals with every answer, and how long a call has been
/// waiting for its answer. The second holds when no silo says anything.
/// </summary>
/// <remarks>Of calls one at a time is watched: the next after it that begins. All of them would cost a lock for every message, and under pressure
/// each waits like its neighbours.</remarks>
internal sealed class ClusterLoad : IEngineLoad
{
    private long _watched; // When it began, by the clock of Environment.TickCount64, with its lowest bit set; 0 when none is.
    private int _oldest;
    private int _slowest;
    private int _queue;

    /// <summary>How long the call under watch has been waiting.</summary>
    public TimeSpan Waiting => Interlocked.Read(ref _watched) is not 0 and var began
        ? TimeSpan.FromMilliseconds(Math.Max(0, Environment.TickCount64 - began))
        : TimeSpan.Zero;

    /// <returns>Whether this call is under watch; <see cref="Ended"/> is told so.</returns>
    public bool Began() => Volatile.Read(ref _watched) == 0 && Interlocked.CompareExchange(ref _watched, Environment.TickCount64 | 1, 0) == 0;

    public void Ended(bool isWatched)
    {
        if (isWatched)
        {
            Raise(ref _oldest, (int)Math.Min(Waiting.TotalMilliseconds, int.MaxValue));
            Interlocked.Exchange(ref _watched, 0);
        }
    }

    public void Told(Pressure pressure)
    {
        Raise(ref _oldest, pressure.OldestMs);
        Raise(ref _slowest, pressure.SlowestMs);
        Raise(ref _queue, pressure.QueuePercent);
    }

    public EngineLoad Take()
    {
        var oldest = TimeSpan.FromMilliseconds(Interlocked.Exchange(ref _oldest, 0));
        var waiting = Waiting;
        return new(
            waiting > oldest ? waiting : oldest, TimeSpan.FromMilliseconds(Interlocked.Exchange(ref _slowest, 0)), Interlocked.Exchange(ref _queue, 0) / 100.0);
    }

    private static void Raise(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            if (Interlocked.CompareExchange(ref most, value, seen) == seen)
            {
                return;
            }
        }
    }
}
