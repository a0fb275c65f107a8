using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Audit;
using SmartService.Domain.Popups;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;

namespace SmartService.Gateway.Backoffice;

internal sealed record OnboardingStep(string Step, bool Done, DateTimeOffset? At, long? Count);

internal sealed record OnboardingAnswer(IReadOnlyList<OnboardingStep> Steps, bool Done, string Snippet);

/// <summary>How far a store has come, worked out from what is there: nobody can click a step done.</summary>
internal static class OnboardingEndpoints
{
    /// <summary>What a tried question is called in the audit log.</summary>
    public const string Tried = "knowledge.rehearse";

    public static async Task<Ok<OnboardingAnswer>> ReadAsync(
        HttpContext context, Caller caller, ITenants tenants, IKnowledge knowledge, IInsights insights, IJournalReader journal, AuditLog audit, CancellationToken ct)
    {
        var tenant = await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct);
        var history = await journal.ReadEntityAsync("tenant", Entity.Tenant(caller.Tenant), ct);
        var signs = await insights.FirstSignsAsync(caller.Tenant, ct);
        var items = (await knowledge.ReadAsync(Entity.Knowledge(caller.Tenant), ct)).Items.Values.Count(i => !i.Live.Retired);
        var tried = await audit.ListAsync(caller.Tenant.Value, new(Action: Tried), null, 1, ct) is [var first] ? first.At : signs.Question;
        var described = history.FirstOrDefault(e => e.Event is TenantEvent.ProfileChanged or TenantEvent.PolicyChanged)?.At;
        var budget = history.FirstOrDefault(e => e.Event is TenantEvent.PolicyChanged p && p.Policy.Popups != PopupPolicy.Default)?.At;
        var isLive = signs.Visit is not null && items > 0 && tenant.Policy.Bot.Autonomy;
        OnboardingStep[] steps =
        [
            new("profile", described is not null, described, null),
            new("visit", signs.Visit is not null, signs.Visit, null),
            new("knowledge", items > 0, null, items),
            new("order", signs.Orders > 0, null, signs.Orders),
            new("trial", tried is not null, tried, null),
            new("popups", budget is not null, budget, null),
            new("live", isLive, null, null),
        ];
        var snippet = $"<script async src=\"{context.Request.Scheme}://{context.Request.Host.Value}/widget.js\" data-key=\"pk_{caller.Tenant.Value}_…\"></script>";
        return TypedResults.Ok(new OnboardingAnswer(steps, steps.All(s => s.Done), snippet));
    }
}
