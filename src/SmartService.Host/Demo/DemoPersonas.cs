using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartService.Domain;
using SmartService.Domain.Popups;

namespace SmartService.Host.Demo;

/// <summary>A shopper who walked into a demo store.</summary>
internal sealed record DemoPersona(string Situation, string Customer, string Name, string Tier, string Jwt);

/// <summary>
/// Makes a fresh customer in a telling situation, with orders, parcels and earlier visits dated from now. Fresh, so that whoever
/// tries it a second time sees the same again: popups closed before stay closed only for the customer who closed them.
/// </summary>
internal sealed class DemoPersonas(DemoServer server, DemoKeys keys, TimeProvider clock)
{
    private const int MaxRemembered = 10_000;
    private readonly ConcurrentDictionary<(string Tenant, string Customer), DemoPersona> _personas = new();

    public async Task<DemoPersona> WalkInAsync(DemoStore store, DemoSituation situation, CancellationToken ct)
    {
        var secret = keys.Of(store.Tenant.Value)!;
        var now = clock.GetUtcNow();
        var customer = ChooseId(store.Tenant, situation.Customer.Id);
        await server.Client.PutAsync(
            $"/v1/customers/{customer}", secret.SecretKey, new { situation.Customer.Name, situation.Customer.Tier, store.Locale }, ct);
        foreach (var order in situation.Orders)
        {
            await PlaceAsync(store, secret.SecretKey, customer, order, now, ct);
        }

        await VisitAsync(secret.SecretKey, customer, situation, now, ct);
        var persona = new DemoPersona(
            situation.Id, customer, situation.Customer.Name, situation.Customer.Tier,
            DemoTokens.Sign(secret, store.Tenant.Value, customer, situation.Customer.Name, situation.Customer.Tier, store.Locale, now));
        if (_personas.Count >= MaxRemembered)
        {
            _personas.Clear(); // Whoever is still in a store signs in again with the next page.
        }

        _personas[(store.Tenant.Value, customer)] = persona;
        return persona;
    }

    /// <summary>A fresh signature for a persona made here; null for anybody else.</summary>
    public string? Renew(DemoStore store, string customer) =>
        _personas.TryGetValue((store.Tenant.Value, customer), out var persona)
            ? DemoTokens.Sign(
                keys.Of(store.Tenant.Value)!, store.Tenant.Value, customer, persona.Name, persona.Tier, store.Locale, clock.GetUtcNow())
            : null;

    public async Task<string> BuyAsync(DemoStore store, string customer, IReadOnlyList<DemoLine> lines, CancellationToken ct)
    {
        var order = new DemoOrder("", 0, lines, new("card", "paid", 0), null, null);
        return await PlaceAsync(store, keys.Of(store.Tenant.Value)!.SecretKey, customer, order, clock.GetUtcNow(), ct);
    }

    private static string ChooseId(TenantId tenant, string name)
    {
        // The demonstration is of popups: nobody who walks in by hand is drawn into the group that sees none.
        string id;
        do
        {
            id = $"{name}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        }
        while (HoldoutGroup.Contains(tenant, new(id), 0.5));
        return id;
    }

    private async Task<string> PlaceAsync(DemoStore store, string key, string customer, DemoOrder order, DateTimeOffset now, CancellationToken ct)
    {
        var number = $"{(order.Number.Length > 0 ? order.Number[..order.Number.LastIndexOf('-')] : store.Tenant.Value[..2].ToUpperInvariant())}-{RandomNumberGenerator.GetInt32(100_000, 1_000_000)}";
        var placedAt = now.AddDays(-order.PlacedDaysAgo);
        await server.Client.PutAsync(
            $"/v1/orders/{number}",
            key,
            new
            {
                customer,
                Lines = order.Lines.Select(l => new
                {
                    l.Product,
                    Name = store.Product(l.Product)?["name"]?.GetValue<string>() ?? l.Product,
                    l.Quantity,
                    l.UnitPrice,
                    l.Options,
                }),
                Total = order.Lines.Sum(l => l.Quantity * l.UnitPrice),
                store.Currency,
                placedAt,
            },
            ct);
        for (var i = 0; i < order.Payment.Failures; i++)
        {
            await server.Client.PostAsync($"/v1/orders/{number}/payment", key, new { OperationId = $"declined-{i}", State = "failed", order.Payment.Method }, ct);
        }

        if (order.Payment.Status is not "failed" and not "pending")
        {
            await server.Client.PostAsync($"/v1/orders/{number}/payment", key, new { OperationId = "settled-1", State = "paid", order.Payment.Method }, ct);
        }

        if (order.Refund is { } refund)
        {
            await server.Client.PostAsync(
                $"/v1/orders/{number}/refund", key, new { OperationId = "refund-1", refund.Amount, DueAt = now.AddDays(refund.DueInDays) }, ct);
        }

        if (order.Parcel is { } parcel)
        {
            await ShipAsync(number, key, parcel, now, ct);
        }

        return number;
    }

    /// <summary>Scans before the promise: a parcel that arrived long ago is not late for the moment in between, and nothing pops up for that.</summary>
    private async Task ShipAsync(string number, string key, DemoParcel parcel, DateTimeOffset now, CancellationToken ct)
    {
        var eta = parcel.EtaInDays is { } days ? now.AddDays(days) : (DateTimeOffset?)null;
        if (parcel.Checkpoints.Count > 0)
        {
            var last = parcel.Checkpoints.MinBy(c => c.HoursAgo);
            await server.Client.PostAsync(
                $"/v1/orders/{number}/checkpoints",
                key,
                new
                {
                    Checkpoints = parcel.Checkpoints.Select((c, i) => new
                    {
                        Id = $"scan-{i:0000}",
                        At = now.AddHours(-c.HoursAgo),
                        c.Status,
                        c.Place,
                        c.Note,
                        Eta = ReferenceEquals(c, last) ? eta : null,
                    }),
                },
                ct);
        }

        await server.Client.PostAsync(
            $"/v1/orders/{number}/shipment",
            key,
            new { parcel.Carrier, parcel.Number, PromisedAt = now.AddDays(parcel.PromisedInDays), eta },
            ct);
    }

    /// <summary>What the customer looked at before: told as the past, so that nothing pops up for it now.</summary>
    private async Task VisitAsync(string key, string customer, DemoSituation situation, DateTimeOffset now, CancellationToken ct)
    {
        if (situation.Visits.Count == 0)
        {
            return;
        }

        var session = $"s_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        var lines = new StringBuilder();
        foreach (var visit in situation.Visits)
        {
            lines.AppendLine(JsonSerializer.Serialize(
                new
                {
                    customer,
                    Id = $"v_{RandomNumberGenerator.GetHexString(16, lowercase: true)}",
                    session,
                    At = now.AddMinutes(-situation.VisitsEarlierMinutes - Math.Max(1, visit.MinutesAgo)).ToString("O", CultureInfo.InvariantCulture),
                    visit.Page,
                    Subject = visit.Product ?? visit.Policy,
                    visit.DwellSeconds,
                    Error = visit.Error,
                },
                DemoJson.Options));
        }

        using var body = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
        await server.Client.SendAsync(HttpMethod.Post, "/v1/visits/bulk", key, body, ct);
    }
}
