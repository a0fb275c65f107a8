using System.Collections.Concurrent;
using SmartService.Domain;
using SmartService.Domain.Tenants;
using SmartService.Engine;

namespace SmartService.Gateway.Access;

/// <summary>
/// A tenant's profile, policy and origins for the hot path, at most two seconds old. Never used for keys: a revoked key
/// must end at once. Bounded: a tenant gets here only after a credential of it was recognised.
/// </summary>
internal sealed class TenantDirectory(ITenants tenants, TimeProvider clock)
{
    private const int MaxEntries = 10_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<TenantId, (TenantState State, long At)> _entries = new();

    public ValueTask<TenantState> ReadAsync(TenantId tenant, CancellationToken ct) =>
        _entries.TryGetValue(tenant, out var entry) && clock.GetElapsedTime(entry.At) < MaxAge
            ? ValueTask.FromResult(entry.State)
            : LoadAsync(tenant, ct);

    /// <summary>Forgets what is remembered, after a change made here.</summary>
    public void Forget(TenantId tenant) => _entries.TryRemove(tenant, out _);

    private async ValueTask<TenantState> LoadAsync(TenantId tenant, CancellationToken ct)
    {
        var at = clock.GetTimestamp();
        var state = await tenants.ReadAsync(Entity.Tenant(tenant), ct);
        if (_entries.Count >= MaxEntries)
        {
            _entries.Clear();
        }

        _entries[tenant] = (state, at);
        return state;
    }
}
