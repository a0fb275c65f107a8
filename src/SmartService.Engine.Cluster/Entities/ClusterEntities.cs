using Orleans.Runtime;
using SmartService.Domain;
using SmartService.Engine.Cluster.Grains;
using SmartService.Engine.Cluster.Journal;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>All entities of one kind, wherever they are.</summary>
/// <param name="follows">Reads are answered from what the journal's end has told here, without a call, while this process is at that end: a change
/// made here is seen here at once, one made elsewhere as soon as its event has been read, like what is pushed. For what is read far more often than written, by everybody.</param>
/// <remarks>
/// A call to a grain runs at most once, and when it fails nobody knows whether it did. It is sent again with the command as it
/// is: every command that has an effect carries an id of its client, so that doing it twice changes nothing.
/// </remarks>
internal class ClusterEntities<TGrain, TDecider, TState, TCommand, TEvent, TRefusal>(ClusterCalls calls, EntityRegion<TState> region, bool follows)
    : IEntities<TState, TCommand, TEvent, TRefusal>, IScrubbing, IFollowing
    where TGrain : IEntityGrain
    where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
    where TState : class
    where TCommand : class
    where TEvent : class
    where TRefusal : struct, Enum
{
    private const int LongestId = 256;

    /// <summary>What is followed is asked for all the same now and then: should anything ever be missed, it is not for long.</summary>
    private const long AskAgainAfterMs = 10_000;

    private readonly KnownStates<TState> _known = new(calls.Options.RememberedStates);

    public string Region => region.Name;

    public async ValueTask<Reply<TEvent, TRefusal>> HandleAsync(EntityKey key, TCommand command, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(command);
        ct.ThrowIfCancellationRequested();
        Check(key);
        var carried = new Carried(command);
        var answer = await calls.CallAsync<TGrain>(key, grain => grain.HandleAsync(carried), ct);
        var events = answer.Values.Length == 0 ? [] : Array.ConvertAll(answer.Values, v => (TEvent)v.Value);
        if (events.Length > 0 && _known.Find(key) is { } known)
        {
            Hear(known, answer.Version, events);
        }

        return new(answer.Version, [.. events], answer.Refusal is { } refusal ? (TRefusal)Enum.ToObject(typeof(TRefusal), refusal) : null);
    }

    public async ValueTask<(Reply<TEvent, TRefusal> Reply, TState State)> HandleAndReadAsync(EntityKey key, TCommand command, CancellationToken ct)
    {
        var reply = await HandleAsync(key, command, ct);
        return (reply, _known.Find(key)?.Now is { } now && now.Version >= reply.Version ? now.State : await ReadAsync(key, ct));
    }

    public ValueTask<TState> ReadAsync(EntityKey key, CancellationToken ct) => follows ? ReadRecentAsync(key, ct) : AskAsync(key, ct);

    public ValueTask<TState> ReadRecentAsync(EntityKey key, CancellationToken ct) =>
        calls.Tail is { IsAtEnd: true, Since: var since } && _known.Find(key)?.Now is { } now
            && now.AskedAt > since && Environment.TickCount64 - now.AskedAt < AskAgainAfterMs
            ? ValueTask.FromResult(now.State)
            : AskAsync(key, ct);

    public async ValueTask<long> ScrubAsync(EntityKey key, CancellationToken ct)
    {
        Check(key);
        var version = (await calls.CallAsync<TGrain>(key, grain => grain.ScrubAsync(), ct)).Version;
        Lose(key, version);
        return version;
    }

    public void Hear(TailEvent e)
    {
        if (e.Erases)
        {
            Lose(e.Entity, e.Version);
        }
        else if (_known.Find(e.Entity) is { } known && known.Hears(e.Version))
        {
            Hear(known, e);
        }
    }

    public void Lose(EntityKey key, long version) => _known.Find(key)?.Forget(version);

    private static void Check(EntityKey key)
    {
        if (string.IsNullOrEmpty(key.Id) || key.Id.Length > LongestId || string.IsNullOrEmpty(key.Tenant.Value)
            || key.Tenant.Value.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{key}' is no key: a tenant without '/' and an id of 1 to {LongestId} characters.", nameof(key));
        }
    }

    /// <summary>The entity itself says; of a state that is known here only that it is still that one.</summary>
    private async ValueTask<TState> AskAsync(EntityKey key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Check(key);
        var (known, askedAt) = (_known.Of(key), Environment.TickCount64);
        var before = known.Now;
        var answer = await calls.LookAsync<TGrain>(key, grain => grain.ReadAsync(before?.Version ?? -1), ct);
        var state = answer.Values is [var carried] ? (TState)carried.Value : before!.Value.State;
        known.Learn(answer.Version, state, askedAt);
        return state;
    }

    private static void Hear(Known<TState> known, TailEvent e)
    {
        try
        {
            Hear(known, e.Version, [(TEvent)e.Read().Event]);
        }
        catch (JournalException)
        {
            known.Forget(e.Version); // Damaged: who reads the journal will be told.
        }
    }

    private static void Hear(Known<TState> known, long version, ReadOnlySpan<TEvent> events)
    {
        try
        {
            known.Hear(version, events, TDecider.Evolve);
        }
        catch (CorruptHistoryException)
        {
            known.Forget(version); // The entity itself will say so to whoever asks.
        }
    }
}
