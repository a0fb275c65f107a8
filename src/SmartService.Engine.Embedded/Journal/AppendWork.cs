using System.Collections.Immutable;
using SmartService.Domain;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>One append on its way to disk.</summary>
/// <param name="length">Of its record, in bytes.</param>
internal sealed class AppendWork(
    EmbeddedStream stream, long firstVersion, ImmutableArray<object> events, CustomerId? feed, DateTimeOffset at, int length)
    : JournalWork
{
    public EmbeddedStream Stream => stream;

    public long FirstVersion => firstVersion;

    public ImmutableArray<object> Events => events;

    /// <summary>The customer whose feed shows at least one of the events.</summary>
    public CustomerId? Feed => feed;

    public DateTimeOffset At => at;

    /// <summary>Where its record begins in its group.</summary>
    public int RecordAt { get; set; }

    /// <summary>Given by the writer.</summary>
    public long Position { get; set; }

    public long LastPosition => Position + events.Length - 1;

    public long LastVersion => firstVersion + events.Length - 1;

    public override int Bytes => length;

    public override void Write(JournalSession session) => session.Append(this);
}
