using SmartService.Domain;

namespace SmartService.Engine.Feeds;

/// <summary>Ordered, resumable streams of what concerns one customer or one tenant's staff.</summary>
public interface IFeeds
{
    /// <summary>
    /// All durable frames of the feed after <paramref name="after"/>, from the journal and then live, each exactly once and in
    /// order; and ephemeral ones (typing) while connected. A reader too slow for its bounded buffer falls back to the journal.
    /// </summary>
    /// <param name="feed">See <see cref="FeedKey"/>.</param>
    /// <param name="after">Position of the last frame seen; 0 for all, -1 for only what comes from now on.</param>
    IAsyncEnumerable<FeedFrame> SubscribeAsync(FeedKey feed, long after, CancellationToken ct);

    /// <summary>Tells whoever listens now; nothing is stored.</summary>
    void Signal(FeedKey feed, string kind, ReadOnlyMemory<byte> json);

    /// <summary>Whether anyone listens now.</summary>
    bool HasListeners(FeedKey feed);

    /// <summary>Highest durable position of the whole journal.</summary>
    long Head { get; }
}

/// <summary>A customer's feed, or with <paramref name="Customer"/> null the feed of a tenant's staff (all conversations).</summary>
public readonly record struct FeedKey(TenantId Tenant, CustomerId? Customer);

/// <summary>One frame.</summary>
/// <param name="Position">Journal position, > 0; 0 for ephemeral frames.</param>
/// <param name="Entity">The entity it happened to; default for ephemeral frames.</param>
/// <param name="Kind">Stored event name (for example "conversation-bot-answered") or the ephemeral kind.</param>
/// <param name="Event">The decoded event, null for ephemeral frames.</param>
/// <param name="Json">The ephemeral payload, empty for durable frames.</param>
public readonly record struct FeedFrame(long Position, EntityKey Entity, string Kind, object? Event, ReadOnlyMemory<byte> Json, DateTimeOffset At);
