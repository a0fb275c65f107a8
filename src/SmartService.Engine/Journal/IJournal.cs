using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Engine.Feeds;

namespace SmartService.Engine.Journal;

/// <summary>The store of all events. Acknowledged means flushed.</summary>
public interface IJournal : IJournalReader
{
    /// <summary>Opens the history of one entity. At most one host may hold it at a time.</summary>
    ValueTask<JournalStream> OpenAsync(StreamKey key, CancellationToken ct);

    /// <summary>Events of an opened stream after a version, in order, without gaps.</summary>
    ValueTask<IReadOnlyList<JournalledEvent>> ReadStreamAsync(JournalStream stream, long afterVersion, CancellationToken ct);

    /// <summary>
    /// Queues events. The call itself never waits; the task completes when they are on disk. Appends of one stream reach the
    /// disk in the order of the calls, each whole or not at all.
    /// </summary>
    /// <param name="expectedVersion">Number of events the stream has, those still under way included.</param>
    /// <param name="feed">The customer whose feed gets those of the events that are for customers; null for none.</param>
    /// <exception cref="EngineBusyException">Thrown by the call itself: the queue is full, nothing was queued.</exception>
    /// <exception cref="JournalException">From the task: writing failed. From the call: the journal has stopped.</exception>
    Task AppendAsync(JournalStream stream, long expectedVersion, ImmutableArray<object> events, CustomerId? feed);

    /// <summary>Events of a feed with <paramref name="after"/> &lt; position ≤ <paramref name="upTo"/>, in order.</summary>
    IAsyncEnumerable<JournalledEvent> ReadFeedAsync(FeedKey feed, long after, long upTo, CancellationToken ct);
}
