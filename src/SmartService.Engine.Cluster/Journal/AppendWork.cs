using SmartService.Domain;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>One append on its way to PostgreSQL; completes when it is committed.</summary>
internal sealed class AppendWork(ClusterStream stream, long firstVersion, string[] kinds, byte[][] bodies, string?[] feeds, DateTimeOffset at)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public ClusterStream Stream => stream;

    public EntityKey Entity => stream.Key.Entity;

    public long FirstVersion => firstVersion;

    public string[] Kinds => kinds;

    public byte[][] Bodies => bodies;

    /// <summary>Per event, the customer whose feed shows it.</summary>
    public string?[] Feeds => feeds;

    public DateTimeOffset At => at;

    public int Count => kinds.Length;

    /// <summary>By <see cref="Environment.TickCount64"/>.</summary>
    public long QueuedAt { get; } = Environment.TickCount64;

    public long Bytes { get; } = bodies.Sum(b => (long)b.Length) + (100 * kinds.Length);
}
