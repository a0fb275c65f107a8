using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Runtime;
using SmartService.Domain;
using SmartService.Engine.Cluster.Grains;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>All entities of one kind, wherever they are.</summary>
/// <remarks>
/// A call to a grain runs at most once, and when it fails nobody knows whether it did. It is sent again with the command as it
/// is: every command that has an effect carries an id of its client, so that doing it twice changes nothing.
/// </remarks>
internal class ClusterEntities<TGrain, TState, TCommand, TEvent, TRefusal>(ClusterCalls calls, EntityRegion<TState> region, bool remembers)
    : IEntities<TState, TCommand, TEvent, TRefusal>, IScrubbing
    where TGrain : IEntityGrain
    where TState : class
    where TCommand : class
    where TEvent : class
    where TRefusal : struct, Enum
{
    private const int LongestId = 256;

    private readonly ConcurrentDictionary<EntityKey, (long Mark, TState State)> _remembered = new();

    public string Region => region.Name;

    public async ValueTask<Reply<TEvent, TRefusal>> HandleAsync(EntityKey key, TCommand command, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(command);
        ct.ThrowIfCancellationRequested();
        Check(key);
        var carried = new Carried(command);
        var answer = await calls.CallAsync<TGrain>(key, grain => grain.HandleAsync(carried), ct);
        return new(
            answer.Version,
            answer.Values.Length == 0 ? [] : [.. answer.Values.Select(v => (TEvent)v.Value)],
            answer.Refusal is { } refusal ? (TRefusal)Enum.ToObject(typeof(TRefusal), refusal) : null);
    }

    public async ValueTask<TState> ReadAsync(EntityKey key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Check(key);
        var known = remembers && _remembered.TryGetValue(key, out var remembered) ? remembered : default;
        var answer = await calls.CallAsync<TGrain>(key, grain => grain.ReadAsync(known.Mark), ct);
        if (answer.Values is not [var carried])
        {
            return known.State;
        }

        var state = (TState)carried.Value;
        if (remembers && calls.Options.RememberedStates > 0)
        {
            Remember(key, answer.Mark, state);
        }

        return state;
    }

    public async ValueTask<long> ScrubAsync(EntityKey key, CancellationToken ct)
    {
        Check(key);
        return (await calls.CallAsync<TGrain>(key, grain => grain.ScrubAsync(), ct)).Version;
    }

    private static void Check(EntityKey key)
    {
        if (string.IsNullOrEmpty(key.Id) || key.Id.Length > LongestId || string.IsNullOrEmpty(key.Tenant.Value)
            || key.Tenant.Value.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{key}' is no key: a tenant without '/' and an id of 1 to {LongestId} characters.", nameof(key));
        }
    }

    /// <summary>Full, it forgets everything: what is in use is read again once.</summary>
    private void Remember(EntityKey key, long mark, TState state)
    {
        if (_remembered.Count >= calls.Options.RememberedStates)
        {
            _remembered.Clear();
        }

        _remembered[key] = (mark, state);
    }
}
