using System.Buffers;
using System.Collections.Immutable;
using SmartService.Domain;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>One append on its way to disk, and after that among the recent ones.</summary>
internal sealed class AppendWork(
    EmbeddedStream stream, long firstVersion, ImmutableArray<object> events, CustomerId? feed, DateTimeOffset at, byte[] record, int length)
    : JournalWork
{
    private byte[]? _record = record;

    public EmbeddedStream Stream => stream;

    public long FirstVersion => firstVersion;

    public ImmutableArray<object> Events => events;

    /// <summary>The customer whose feed shows at least one of the events.</summary>
    public CustomerId? Feed => feed;

    public DateTimeOffset At => at;

    /// <summary>Given by the writer.</summary>
    public long Position { get; set; }

    public long LastPosition => Position + events.Length - 1;

    public long LastVersion => firstVersion + events.Length - 1;

    public override int Bytes => length;

    public Span<byte> Record => _record.AsSpan(0, length);

    public override void Write(JournalSession session) => session.Append(this);

    /// <summary>Gives the encoded bytes back once they are on disk.</summary>
    public void ReleaseRecord()
    {
        if (_record is { } bytes)
        {
            _record = null;
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
