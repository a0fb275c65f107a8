using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Members;
using SmartService.Backoffice.Webhooks;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Backoffice;

internal sealed record WebhookRequest(string? Url, IReadOnlyList<string?>? Events, bool? Enabled);

/// <param name="Secret">Shown once, when the webhook is made.</param>
internal sealed record WebhookView(string Id, string Url, IReadOnlyList<string> Events, bool Enabled, DateTimeOffset CreatedAt, string? Secret = null);

internal sealed record WebhookList(IReadOnlyList<WebhookView> Webhooks, IReadOnlyList<string> Known);

internal sealed record WebhookTestAnswer(bool Delivered, int? Status, long Milliseconds, string? Error);

internal sealed record DeliveryView(
    string Id, string Event, DateTimeOffset At, DeliveryState State, int Attempts, int? Status, string? Error, DateTimeOffset? NextAt);

internal sealed record DeliveryList(IReadOnlyList<DeliveryView> Deliveries, string? Next);

/// <summary>Who is told when something happens in the store.</summary>
internal static class WebhookEndpoints
{
    public static async Task<Ok<WebhookList>> ListAsync(Caller caller, ITenants tenants, CancellationToken ct)
    {
        var state = await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct);
        return TypedResults.Ok(new WebhookList([.. state.Webhooks.Select(h => ToView(h))], WebhookEvents.All));
    }

    public static async Task<Results<Created<WebhookView>, Problem>> AddAsync(
        HttpContext context, Caller caller, Body<WebhookRequest> body, ITenants tenants, WebhookSender sender, WebhookSecrets secrets, TimeProvider clock, CancellationToken ct)
    {
        var id = "wh-" + Secret.NewId();
        var (stored, shown) = secrets.Make(caller.Tenant, id);
        var hook = Read(body.Value, new(id, "", [], true, stored, clock.GetUtcNow()), sender);
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.SaveWebhook(hook, clock.GetUtcNow()), ct);
        AuditNote.Of(context).About($"webhook/{id}").Changed(null, ToView(hook), GatewayJson.Default.WebhookView);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Created($"/v1/tenant/webhooks/{id}", ToView(hook, shown));
    }

    public static async Task<Results<Ok<WebhookView>, Problem>> ChangeAsync(
        string webhook, HttpContext context, Caller caller, Body<WebhookRequest> body, ITenants tenants, WebhookSender sender, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(webhook, caller, tenants, ct) is not { } known)
        {
            return Refusals.ToProblem(TenantRefusal.WebhookNotFound);
        }

        var hook = Read(body.Value, known, sender);
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.SaveWebhook(hook, clock.GetUtcNow()), ct);
        AuditNote.Of(context).Changed(ToView(known), ToView(hook), GatewayJson.Default.WebhookView);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Ok(ToView(hook));
    }

    public static async Task<Results<NoContent, Problem>> RemoveAsync(string webhook, Caller caller, ITenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.RemoveWebhook(webhook, clock.GetUtcNow()), ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.NoContent();
    }

    /// <summary>Sends at once and once; also to a webhook that is off.</summary>
    public static async Task<Results<Ok<WebhookTestAnswer>, Problem>> TestAsync(
        string webhook, Caller caller, ITenants tenants, WebhookSender sender, WebhookOutbox outbox, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(webhook, caller, tenants, ct) is not { } hook)
        {
            return Refusals.ToProblem(TenantRefusal.WebhookNotFound);
        }

        var now = clock.GetUtcNow();
        var delivery = WebhookDeliveries.Make(caller.Tenant.Value, hook.Id, WebhookEvents.Test, now, new JsonObject { ["by"] = caller.Author }, now);
        var result = await sender.SendAsync(caller.Tenant, hook, delivery.Id, delivery.Body, ct);
        var noted = delivery with
        {
            Body = "", State = result.Delivered ? DeliveryState.Delivered : DeliveryState.Failed, Attempts = 1, Status = result.Status, Error = result.Error, NextAt = null,
        };
        await outbox.AddAsync([(noted, delivery.Id)], CancellationToken.None);
        return TypedResults.Ok(new WebhookTestAnswer(result.Delivered, result.Status, result.Milliseconds, result.Error));
    }

    public static async Task<Results<Ok<DeliveryList>, Problem>> DeliveriesAsync(
        string webhook, Caller caller, ITenants tenants, WebhookOutbox outbox, string? cursor, int? limit, CancellationToken ct)
    {
        var skip = 0;
        if (cursor is not null && (!int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out skip) || skip > 10_000))
        {
            return Problems.Invalid("The cursor was not made by this list.", new Fault("cursor", "take it from \"next\" of the page before"));
        }

        if (await FindAsync(webhook, caller, tenants, ct) is null)
        {
            return Refusals.ToProblem(TenantRefusal.WebhookNotFound);
        }

        var most = Paging.Limit(limit);
        var found = await outbox.ListAsync(caller.Tenant.Value, webhook, skip, most + 1, ct);
        return TypedResults.Ok(new DeliveryList(
            [.. found.Take(most).Select(d => new DeliveryView(d.Id, d.Event, d.At, d.State, d.Attempts, d.Status, d.Error, d.NextAt))],
            found.Count > most ? (skip + most).ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<Webhook?> FindAsync(string webhook, Caller caller, ITenants tenants, CancellationToken ct) =>
        (await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct)).Webhooks.FirstOrDefault(h => h.Id == webhook);

    private static Webhook Read(WebhookRequest r, Webhook known, WebhookSender sender)
    {
        var checks = new Checks();
        var url = r.Url ?? known.Url;
        ImmutableArray<string> events = r.Events is null ? known.Events : [.. r.Events.Select(e => e ?? "").Distinct(StringComparer.Ordinal)];
        if (sender.Fault(url) is { } fault)
        {
            checks.Add("url", fault);
        }

        checks.Must(events.Length > 0 && events.All(WebhookEvents.All.Contains), "events", "at least one of " + string.Join(", ", WebhookEvents.All));
        checks.ThrowIfAny();
        return known with { Url = url, Events = events, Enabled = r.Enabled ?? known.Enabled };
    }

    private static WebhookView ToView(Webhook h, string? secret = null) => new(h.Id, h.Url, h.Events, h.Enabled, h.CreatedAt, secret);
}
