using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Backoffice;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

/// <summary>API keys of a store.</summary>
internal static class KeyEndpoints
{
    public static async Task<Ok<KeyList>> ListAsync(Caller caller, ITenants tenants, CancellationToken ct)
    {
        var keys = (await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct)).Keys;
        return TypedResults.Ok(new KeyList([.. keys.Select(k => new KeyView(k.Id, k.Scope, k.Hint, k.Label, k.CreatedAt, k.RevokedAt))]));
    }

    public static async Task<Results<Created<KeyAnswer>, Problem>> AddAsync(
        HttpContext context, Caller caller, Body<KeyRequest> body, ITenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var checks = new Checks();
        var scope = checks.Needed("scope", body.Value.Scope);
        checks.OptionalText("label", body.Value.Label, 100);
        checks.ThrowIfAny();
        var (entry, text) = Keys.Make(caller.Tenant, scope, body.Value.Label, clock.GetUtcNow());
        AuditNote.Of(context).About($"key/{entry.Id}").With("scope", Words.ToWord(scope)).With("hint", entry.Hint);
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.AddKey(entry, clock.GetUtcNow()), ct);
        return reply.Refusal is { } refusal
            ? Refusals.ToProblem(refusal)
            : TypedResults.Created($"/v1/tenant/keys/{entry.Id}", new KeyAnswer(entry.Id, scope, text, entry.Label));
    }

    public static async Task<Results<NoContent, Problem>> RevokeAsync(string key, Caller caller, ITenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.RevokeKey(key, clock.GetUtcNow()), ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.NoContent();
    }
}
