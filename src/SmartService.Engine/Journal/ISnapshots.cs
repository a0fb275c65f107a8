namespace SmartService.Engine.Journal;

/// <summary>Keeps states so that replay stays short. A cache: losing one costs time, never data.</summary>
public interface ISnapshots
{
    /// <summary>The newest snapshot, or null when there is none or it is damaged.</summary>
    ValueTask<StoredSnapshot?> LoadAsync(StreamKey key, CancellationToken ct);

    /// <summary>Keeps a snapshot soon. Dropped when too many wait.</summary>
    /// <param name="encode">Runs later, on the thread that stores.</param>
    void Offer(StreamKey key, long version, string schema, Func<byte[]> encode);
}

/// <summary>A state as stored.</summary>
/// <param name="Version">Number of events it contains.</param>
/// <param name="Schema">Name and shape of the state; another schema is not read.</param>
public sealed record StoredSnapshot(long Version, string Schema, byte[] Data);
