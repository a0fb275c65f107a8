using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// What followers need of an append. Not the append itself: with its task and callers it would outlive them all by far, and
/// the collector would carry it along.
/// </summary>
/// <param name="Events">As every follower gets them, made once; without those that were overwritten.</param>
internal readonly record struct RecentAppend(long Position, long LastPosition, StreamKey Key, JournalledEvent[] Events, int Bytes)
{
    public RecentAppend(AppendWork append, EventCodecs codecs)
        : this(append.Position, append.LastPosition, append.Stream.Key, Journalled(append, codecs), append.Bytes)
    {
    }

    /// <summary>The same without the events before a version.</summary>
    public RecentAppend ScrubbedBefore(long version) => this with { Events = [.. Events.Where(e => e.Version >= version)] };

    private static JournalledEvent[] Journalled(AppendWork append, EventCodecs codecs)
    {
        var key = append.Stream.Key;
        var events = new JournalledEvent[append.Events.Length];
        for (var i = 0; i < events.Length; i++)
        {
            var e = append.Events[i];
            events[i] = new(append.Position + i, key.Region, key.Entity, append.FirstVersion + i, codecs.Of(e).Name, e, append.At);
        }

        return events;
    }
}
