using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>An opened history. Only the writer thread moves <see cref="Head"/>.</summary>
internal sealed class EmbeddedStream : JournalStream
{
    public EmbeddedStream(StreamKey key, ChainHead head)
        : base(key)
    {
        OpenedVersion = head.Version;
        OpenedHead = head.Position;
        Head = head.Position;
        Version = head.Version;
    }

    public long OpenedHead { get; }

    public long Head { get; set; }

    public long Version { get; set; }
}
