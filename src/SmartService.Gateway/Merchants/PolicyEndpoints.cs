using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

/// <summary>A store's policy: tone, forbidden words, limits, popups, bot.</summary>
internal static class PolicyEndpoints
{
    public static async Task<Ok<PolicyView>> ReadAsync(Caller caller, ITenants tenants, CancellationToken ct) =>
        TypedResults.Ok(ToView((await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct)).Policy));

    /// <summary>Fields that are not sent stay as they are.</summary>
    public static async Task<Results<Ok<PolicyView>, Problem>> ChangeAsync(
        HttpContext context, Caller caller, Body<PolicyView> body, ITenants tenants, TenantDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        var key = Entity.Tenant(caller.Tenant);
        var before = (await tenants.ReadAsync(key, ct)).Policy;
        var policy = Merge(before, body.Value);
        var checks = new Checks();
        checks.AddRange(PolicyRules.Check(policy).ToFaults());
        checks.ThrowIfAny();
        var reply = await tenants.HandleAsync(key, new TenantCommand.ChangePolicy(policy, clock.GetUtcNow()), ct);
        directory.Forget(caller.Tenant);
        AuditNote.Of(context).Changed(ToView(before), ToView(policy), GatewayJson.Default.PolicyView);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Ok(ToView(policy));
    }

    private static TenantPolicy Merge(TenantPolicy now, PolicyView sent) => new(
        sent.Tone ?? now.Tone,
        sent.ForbiddenWords is { } words ? [.. words] : now.ForbiddenWords,
        Merge(now.Popups, sent.Popups),
        Merge(now.Bot, sent.Bot),
        sent.MessagesPerMinute ?? now.MessagesPerMinute);

    private static PopupPolicy Merge(PopupPolicy now, PopupPolicyView? sent) => sent is null ? now : new(
        sent.Enabled ?? now.Enabled,
        sent.PerSession ?? now.PerSession,
        sent.PerDay ?? now.PerDay,
        sent.PauseSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1_000_000)) : now.Pause,
        sent.HoldoutShare ?? now.HoldoutShare,
        sent.MinProbability ?? now.MinProbability,
        sent.Precision ?? now.Precision,
        sent.ExploreShare ?? now.ExploreShare);

    private static BotPolicy Merge(BotPolicy now, BotPolicyView? sent) => sent is null ? now : new(
        sent.AnswerFrom ?? now.AnswerFrom,
        sent.ClarifyFrom ?? now.ClarifyFrom,
        sent.MaxClarifications ?? now.MaxClarifications,
        sent.Autonomy ?? now.Autonomy);

    private static PolicyView ToView(TenantPolicy p) => new(
        p.Tone, p.ForbiddenWords, p.MessagesPerMinute,
        new(p.Popups.Enabled, p.Popups.PerSession, p.Popups.PerDay, p.Popups.Pause.TotalSeconds, p.Popups.HoldoutShare, p.Popups.MinProbability,
            p.Popups.Precision, p.Popups.ExploreShare),
        new(p.Bot.AnswerFrom, p.Bot.ClarifyFrom, p.Bot.MaxClarifications, p.Bot.Autonomy));
}
