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
    private ImmutableArray<object> _events = events;

    public EmbeddedStream Stream => stream;

    public long FirstVersion => firstVersion;

    /// <summary>The events; <see cref="Scrubbed"/> in place of those that were overwritten.</summary>
    public ImmutableArray<object> Events => _events;

    /// <summary>Stands for an overwritten event.</summary>
    public static object Scrubbed { get; } = new();

    /// <summary>The customer whose feed shows at least one of the events.</summary>
    public CustomerId? Feed => feed;

    public DateTimeOffset At => at;

    /// <summary>Given by the writer.</summary>
    public long Position { get; set; }

    public long LastPosition => Position + _events.Length - 1;

    public long LastVersion => firstVersion + _events.Length - 1;

    public override int Bytes => length;

    public Span<byte> Record => _record.AsSpan(0, length);

    public override void Write(JournalSession session) => session.Append(this);

    /// <summary>Forgets the events before a version.</summary>
    public void ScrubBefore(long version)
    {
        if (firstVersion < version)
        {
            var kept = Math.Max(0, LastVersion - version + 1);
            _events = [.. Enumerable.Repeat(Scrubbed, _events.Length - (int)kept), .. _events.TakeLast((int)kept)];
        }
    }

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
