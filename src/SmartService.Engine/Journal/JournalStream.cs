namespace SmartService.Engine.Journal;

/// <summary>A history opened for writing by the one host of its entity. Engines add their own bookkeeping.</summary>
public abstract class JournalStream(StreamKey key)
{
    public StreamKey Key { get; } = key;

    /// <summary>Number of events it had when it was opened; asked for before the first append only.</summary>
    public abstract long OpenedVersion { get; }
}
