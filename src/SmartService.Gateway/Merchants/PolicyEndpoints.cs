using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

internal sealed record OpenNowView(bool Open, string TimeZone, DateTimeOffset Now, DateTimeOffset? NextChange);

/// <summary>A store's policy: tone, forbidden words, limits, popups, bot, hours.</summary>
internal static class PolicyEndpoints
{
    public static async Task<Ok<PolicyView>> ReadAsync(Caller caller, ITenants tenants, CancellationToken ct) =>
        TypedResults.Ok(PolicyReading.ToView((await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct)).Policy));

    /// <summary>Fields that are not sent stay as they are.</summary>
    public static async Task<Results<Ok<PolicyView>, Problem>> ChangeAsync(
        HttpContext context, Caller caller, Body<PolicyView> body, ITenants tenants, TenantDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        var key = Entity.Tenant(caller.Tenant);
        var before = (await tenants.ReadAsync(key, ct)).Policy;
        var checks = new Checks();
        var policy = PolicyReading.Merge(checks, before, body.Value);
        checks.ThrowIfAny();
        var reply = await tenants.HandleAsync(key, new TenantCommand.ChangePolicy(policy, clock.GetUtcNow()), ct);
        directory.Forget(caller.Tenant);
        AuditNote.Of(context).Changed(PolicyReading.ToView(before), PolicyReading.ToView(policy), GatewayJson.Default.PolicyView);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Ok(PolicyReading.ToView(policy));
    }

    /// <summary>Whether people of the store answer now.</summary>
    public static async Task<Ok<OpenNowView>> HoursAsync(Caller caller, ITenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var state = await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct);
        var hours = state.Policy.Hours;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(hours?.TimeZone ?? state.Profile!.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone);
        return TypedResults.Ok(new OpenNowView(hours?.IsOpen(local, zone) ?? true, zone.Id, local, hours?.NextChange(local, zone)));
    }
}
