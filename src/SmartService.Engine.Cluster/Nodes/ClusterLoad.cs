using SmartService.Engine.Cluster.Grains;

namespace SmartService.Engine.Cluster.Nodes;

/// <summary>
/// How pressed the cluster is, as one gateway sees it: what silos say of their journals with every answer, how long the calls of half of all callers took, and how
/// long no call at all has been answered while some wait. The last holds when no silo says anything.
/// </summary>
/// <remarks>Under pressure each call waits like its neighbours. Calls to a silo that hangs wait alone: to take them for pressure would turn away the shoppers of all
/// other silos, who are answered as ever. So the middle call counts, not the slowest.</remarks>
/// <param name="clock">Gives timestamps.</param>
internal sealed class ClusterLoad(TimeProvider clock) : IEngineLoad
{
    private const int Samples = 64;
    private readonly int[] _took = new int[Samples]; // Milliseconds of the last calls that were answered.
    private int _answered;
    private int _outstanding;
    private int _unanswered;
    private long _silentSince; // The last answer, or when the first of those that wait began, whichever came later.
    private int _oldest;
    private int _slowest;
    private int _queue;

    /// <summary>How long no call has been answered while some wait.</summary>
    public TimeSpan Silent => Volatile.Read(ref _outstanding) > 0 ? clock.GetElapsedTime(Interlocked.Read(ref _silentSince)) : TimeSpan.Zero;

    /// <returns>When it began; <see cref="Done"/> is told so. <see cref="Ended"/> follows in any case.</returns>
    public long Began()
    {
        var now = clock.GetTimestamp();
        if (Interlocked.Increment(ref _outstanding) == 1)
        {
            Interlocked.Exchange(ref _silentSince, now);
        }

        return now;
    }

    /// <summary>A call did what it should.</summary>
    public void Done(long began)
    {
        var took = (int)Math.Min(clock.GetElapsedTime(began).TotalMilliseconds, int.MaxValue);
        Volatile.Write(ref _took[(uint)Interlocked.Increment(ref _answered) % Samples], took);
    }

    /// <summary>Nobody waits for a call any longer, whatever became of it.</summary>
    public void Ended() => Interlocked.Decrement(ref _outstanding);

    /// <summary>A call's first try got no answer; <see cref="UnansweredEnded"/> follows when the call is over.</summary>
    public void UnansweredBegan() => Interlocked.Increment(ref _unanswered);

    public void UnansweredEnded() => Interlocked.Decrement(ref _unanswered);

    /// <summary>A silo answered, whatever it said.</summary>
    public void Told(Pressure pressure)
    {
        Interlocked.Exchange(ref _silentSince, clock.GetTimestamp());
        Raise(ref _oldest, pressure.OldestMs);
        Raise(ref _slowest, pressure.SlowestMs);
        Raise(ref _queue, pressure.QueuePercent);
    }

    /// <summary>What it was since the last time. One caller at a time.</summary>
    public EngineLoad Take()
    {
        var (told, took, silent) = (TimeSpan.FromMilliseconds(Interlocked.Exchange(ref _oldest, 0)), MiddleCall(), Silent);
        return new(
            Longest(told, Longest(took, silent)), TimeSpan.FromMilliseconds(Interlocked.Exchange(ref _slowest, 0)), Interlocked.Exchange(ref _queue, 0) / 100.0,
            Volatile.Read(ref _unanswered));
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>The median of the calls answered since the last time, or of the last ones of them.</summary>
    private TimeSpan MiddleCall()
    {
        var count = Math.Min(Interlocked.Exchange(ref _answered, 0), Samples);
        if (count <= 0)
        {
            return TimeSpan.Zero;
        }

        // They were written from 1 on, around the end: less than all of them are the first ones.
        Span<int> took = stackalloc int[count];
        for (var i = 0; i < count; i++)
        {
            took[i] = Volatile.Read(ref _took[(i + 1) % Samples]);
        }

        took.Sort();
        return TimeSpan.FromMilliseconds(took[count / 2]);
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
