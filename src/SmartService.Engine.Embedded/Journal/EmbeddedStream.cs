using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>An opened history: one for each entity in memory, so it holds no more than it must. Only the writer thread moves it.</summary>
internal sealed class EmbeddedStream(StreamKey key, ChainHead head) : JournalStream(key)
{
    public override long OpenedVersion => Version;

    /// <summary>Position of its last record.</summary>
    public long Head { get; set; } = head.Position;

    public long Version { get; set; } = head.Version;

    /// <summary>An append of it was lost: its host decided on what is not there. Kept in the version, which has no meaning then.</summary>
    public bool IsBroken => Version == Broken;

    private const long Broken = -1;

    public void Break() => Version = Broken;
}
