using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Access;
using SmartService.Backoffice.Members;
using SmartService.Domain;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Staff;

namespace SmartService.Gateway.Merchants;

/// <summary>The administrator's two calls.</summary>
internal static class TenantsEndpoints
{
    private static readonly KeyScope[] FirstKeys = [KeyScope.Secret, KeyScope.Publishable, KeyScope.Agent];

    public static async Task<Results<Created<TenantAnswer>, Problem>> CreateAsync(
        HttpContext context, Body<TenantRequest> body, ITenants tenants, Links links, TimeProvider clock, CancellationToken ct)
    {
        var request = body.Value;
        var profile = new TenantProfile(request.Name ?? "", request.Locale ?? "", request.Currency ?? "", request.TimeZone ?? "");
        ImmutableArray<string> origins = [.. request.Origins ?? []];
        var checks = new Checks();
        checks.Must(request.Id is not null && Identifiers.IsTenant(request.Id), "id", "1 to 64 characters of a-z, 0-9 and -");
        checks.AddRange(ProfileRules.Check(profile).ToFaults());
        checks.AddRange(ProfileRules.CheckOrigins(origins).ToFaults());
        checks.Must(request.Owner is null || MemberEndpoints.IsMail(request.Owner), "owner", "a mail address, at most 254 characters");
        checks.ThrowIfAny();

        var tenant = new TenantId(request.Id!);
        var key = Entity.Tenant(tenant);
        var known = await tenants.ReadAsync(key, ct);
        if (FirstKeys.All(scope => known.Keys.Any(k => k.Scope == scope)))
        {
            // Its keys were shown when it was made; nobody gets a second set by asking again. (With fewer, making it was cut off.)
            return Refusals.ToProblem(TenantRefusal.AlreadyExists);
        }

        var reply = await tenants.HandleAsync(key, new TenantCommand.Create(profile, origins, clock.GetUtcNow()), ct);
        if (reply.Refusal is { } refusal)
        {
            return Refusals.ToProblem(refusal);
        }

        var shown = new string[FirstKeys.Length];
        for (var i = 0; i < shown.Length; i++)
        {
            var (entry, text) = Keys.Make(tenant, FirstKeys[i], "first", clock.GetUtcNow());
            shown[i] = text;
            await tenants.HandleAsync(key, new TenantCommand.AddKey(entry, clock.GetUtcNow()), ct);
        }

        return TypedResults.Created("/v1/tenant", new TenantAnswer(tenant.Value, shown[0], shown[1], shown[2], await InviteOwnerAsync(context, request.Owner, tenant, links, ct)));
    }

    private static async Task<MadeLinkView?> InviteOwnerAsync(HttpContext context, string? mail, TenantId tenant, Links links, CancellationToken ct)
    {
        if (mail is null)
        {
            return null;
        }

        var link = await links.InviteAsync(mail, tenant.Value, MemberRole.Owner, "administrator", ct);
        return new(LinkEndpoints.Address(context, link.Token), link.Token, link.ExpiresAt);
    }

    public static Task<Results<Ok<TenantList>, Problem>> ListAsync(IDirectory directory, string? cursor, int? limit, CancellationToken ct) => Cursors.GuardAsync(cursor, async () =>
    {
        var page = await directory.TenantsAsync(cursor, Paging.Limit(limit), ct);
        return new TenantList([.. page.Items.Select(t => new TenantSummary(t.Id.Value, t.Name, t.Locale, t.CreatedAt))], page.Next);
    });
}
