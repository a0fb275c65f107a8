using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;
using SmartService.Engine;

namespace SmartService.Backoffice.Webhooks;

/// <summary>Reads the journal and lays what a store wants to be told of into the outbox. Reading the same events again adds nothing.</summary>
internal sealed class WebhookFollower(ITenants tenants, WebhookOutbox outbox, TimeProvider clock) : IJournalFollower
{
    private const int MaxKnown = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<TenantId, (TenantState State, long At)> _known = new();

    public string Name => "webhooks";

    public bool TakesLargeBatches => true;

    public bool Ignores(Type e) => e == typeof(CustomerEvent.Visited) || e == typeof(CustomerEvent.ForecastMade);

    public async ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
    {
        var found = new List<(Delivery, string)>();
        foreach (var e in events)
        {
            if (e.Event is TenantEvent.WebhookSaved or TenantEvent.WebhookRemoved)
            {
                _known.TryRemove(e.Entity.Tenant, out _);
            }

            foreach (var happening in WebhookEvents.Of(e))
            {
                foreach (var hook in (await StateAsync(e.Entity.Tenant, ct)).Webhooks)
                {
                    if (hook.Enabled && hook.CreatedAt <= e.At && hook.Events.Contains(happening.Event))
                    {
                        found.Add((WebhookDeliveries.Make(e.Entity.Tenant.Value, hook.Id, happening.Event, e.At, (JsonObject)happening.Data.DeepClone(), clock.GetUtcNow()), happening.Source));
                    }
                }
            }
        }

        if (found.Count > 0)
        {
            await outbox.AddAsync(found, ct);
        }
    }

    private async ValueTask<TenantState> StateAsync(TenantId tenant, CancellationToken ct)
    {
        if (_known.TryGetValue(tenant, out var known) && clock.GetElapsedTime(known.At) < Fresh)
        {
            return known.State;
        }

        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        var state = await tenants.ReadAsync(new(tenant, tenant.Value), ct);
        _known[tenant] = (state, clock.GetTimestamp());
        return state;
    }
}
