using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>One append on its way to PostgreSQL; completes when it is committed.</summary>
internal sealed class AppendWork
{
    private readonly TaskCompletionSource _committed;

    public AppendWork(ClusterStream stream, long firstVersion, string[] kinds, byte[][] bodies, string?[] feeds, DateTimeOffset at)
    {
        (Stream, FirstVersion, Kinds, Bodies, Feeds, At) = (stream, firstVersion, kinds, bodies, feeds, at);
        Bytes = bodies.Sum(b => (long)b.Length) + (100 * kinds.Length);
        _committed = new(this, TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Its state is this append: see <see cref="Of"/>.</summary>
    public Task Committed => _committed.Task;

    public ClusterStream Stream { get; }

    public long FirstVersion { get; }

    public string[] Kinds { get; }

    public byte[][] Bodies { get; }

    /// <summary>Per event, the customer whose feed shows it.</summary>
    public string?[] Feeds { get; }

    public DateTimeOffset At { get; }

    public int Count => Kinds.Length;

    /// <summary>By <see cref="Environment.TickCount64"/>.</summary>
    public long QueuedAt { get; } = Environment.TickCount64;

    public long Bytes { get; }

    /// <summary>The append behind a task of the journal that writes exactly the events up to a version; null when it is another one.</summary>
    public static AppendWork? Of(Task? append, long lastVersion, int events) =>
        append?.AsyncState is AppendWork work && work.Count == events && work.FirstVersion + events - 1 == lastVersion ? work : null;

    public void Done() => _committed.TrySetResult();

    public void Fail(JournalException e) => _committed.TrySetException(e);
}
