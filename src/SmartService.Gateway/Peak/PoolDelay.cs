using System.Diagnostics;

namespace SmartService.Gateway.Peak;

/// <summary>How long work waits for a thread: an item is put into the pool's queue, and its age is looked at.</summary>
internal sealed class PoolDelay : IThreadPoolWorkItem
{
    private long _queued;
    private long _slowest;

    /// <summary>Delay of the last probe, or the age of the one that still waits.</summary>
    public TimeSpan Take()
    {
        var queued = Volatile.Read(ref _queued);
        var waits = queued == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(queued);
        var slowest = TimeSpan.FromTicks(Interlocked.Exchange(ref _slowest, 0));
        if (queued == 0)
        {
            Volatile.Write(ref _queued, Stopwatch.GetTimestamp());
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return waits > slowest ? waits : slowest;
    }

    void IThreadPoolWorkItem.Execute()
    {
        Volatile.Write(ref _slowest, Stopwatch.GetElapsedTime(Volatile.Read(ref _queued)).Ticks);
        Volatile.Write(ref _queued, 0);
    }
}
