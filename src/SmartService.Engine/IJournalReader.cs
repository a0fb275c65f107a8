using SmartService.Domain;

namespace SmartService.Engine;

/// <summary>One journalled event.</summary>
/// <param name="Position">Place in the whole journal, from 1, rising without regard to entity.</param>
/// <param name="Region">"customer", "conversation", "knowledge", "order" or "tenant".</param>
/// <param name="Version">Place in its entity's history, from 1.</param>
/// <param name="Kind">Stored name.</param>
public sealed record JournalledEvent(long Position, string Region, EntityKey Entity, long Version, string Kind, object Event, DateTimeOffset At);

/// <summary>Reads the journal in order, for read models and reactions.</summary>
public interface IJournalReader
{
    /// <summary>Up to <paramref name="limit"/> events after a position, in order; none only when there are none yet. Positions
    /// have gaps where events were overwritten.</summary>
    ValueTask<IReadOnlyList<JournalledEvent>> ReadAsync(long after, int limit, CancellationToken ct);

    /// <summary>The next <paramref name="limit"/> positions, without events of types that nobody wants: of those nothing need be decoded. There may be none left.</summary>
    /// <param name="ignores">Whether events of a type are left out.</param>
    /// <returns>The events, and the position up to which was read; <paramref name="after"/> only when there is nothing yet.</returns>
    async ValueTask<(IReadOnlyList<JournalledEvent> Events, long UpTo)> ReadAsync(long after, int limit, Func<Type, bool> ignores, CancellationToken ct)
    {
        var events = await ReadAsync(after, limit, ct);
        return ([.. events.Where(e => !ignores(e.Event.GetType()))], events.Count == 0 ? after : events[^1].Position);
    }

    /// <summary>Says that all who follow have handled the events up to a position: what is kept at hand for them may go.</summary>
    void Handled(long upTo)
    {
    }

    /// <summary>The whole history of one entity, in order, without events that were overwritten.</summary>
    ValueTask<IReadOnlyList<JournalledEvent>> ReadEntityAsync(string region, EntityKey key, CancellationToken ct);

    /// <summary>Completes when <see cref="Head"/> is beyond the position.</summary>
    ValueTask WaitBeyondAsync(long position, CancellationToken ct);

    long Head { get; }
}

/// <summary>Something that follows the journal from a checkpoint of its own. Handling the same events again must change nothing.</summary>
public interface IJournalFollower
{
    /// <summary>Stable name; the checkpoint is stored under it.</summary>
    string Name { get; }

    /// <summary>Its work is cheaper by the thousand, and it may lag by <see cref="Following.FollowerOptions.Pace"/>: lists and figures, not what a shopper waits for.</summary>
    bool TakesLargeBatches => false;

    /// <summary>It keeps something of this process or machine, so that in a cluster every node needs its own. Others run once, on one node.</summary>
    bool RunsOnEveryNode => false;

    /// <summary>It does nothing about events of this type: they are left out of what it is given. The same answer for a type every time.</summary>
    bool Ignores(Type e) => false;

    /// <summary>Handles events in order. Throwing stops this follower with backoff and is shown on /readyz; others go on.</summary>
    ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct);
}

/// <summary>Where followers keep how far they came, durable.</summary>
public interface ICheckpoints
{
    ValueTask<long> LoadAsync(string follower, CancellationToken ct);

    ValueTask SaveAsync(string follower, long position, CancellationToken ct);
}
