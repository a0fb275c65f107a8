using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

/// <summary>A store's profile and origins.</summary>
internal static class TenantEndpoints
{
    public static async Task<Ok<ProfileView>> ReadProfileAsync(Caller caller, ITenants tenants, CancellationToken ct)
    {
        var profile = (await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct)).Profile!;
        return TypedResults.Ok(new ProfileView(profile.Name, profile.Locale, profile.Currency, profile.TimeZone));
    }

    public static async Task<Results<Ok<ProfileView>, Problem>> ChangeProfileAsync(
        HttpContext context, Caller caller, Body<ProfileView> body, ITenants tenants, TenantDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        var request = body.Value;
        var profile = new TenantProfile(request.Name ?? "", request.Locale ?? "", request.Currency ?? "", request.TimeZone ?? "");
        var checks = new Checks();
        checks.AddRange(ProfileRules.Check(profile).ToFaults());
        checks.ThrowIfAny();
        AuditNote.Of(context).Changed((await ReadProfileAsync(caller, tenants, ct)).Value, request, GatewayJson.Default.ProfileView);
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.ChangeProfile(profile, clock.GetUtcNow()), ct);
        directory.Forget(caller.Tenant);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Ok(request);
    }

    public static async Task<Ok<OriginsView>> ReadOriginsAsync(Caller caller, ITenants tenants, CancellationToken ct) =>
        TypedResults.Ok(new OriginsView((await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct)).Origins));

    public static async Task<Results<Ok<OriginsView>, Problem>> ChangeOriginsAsync(
        HttpContext context, Caller caller, Body<OriginsView> body, ITenants tenants, TenantDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        var checks = new Checks();
        checks.Must(body.Value.Origins is not null, "origins", "is missing");
        ImmutableArray<string> origins = [.. body.Value.Origins ?? []];
        checks.AddRange(ProfileRules.CheckOrigins(origins).ToFaults());
        checks.ThrowIfAny();
        AuditNote.Of(context).Changed((await ReadOriginsAsync(caller, tenants, ct)).Value, body.Value, GatewayJson.Default.OriginsView);
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.ChangeOrigins(origins, clock.GetUtcNow()), ct);
        directory.Forget(caller.Tenant);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Ok(new OriginsView(origins));
    }
}
