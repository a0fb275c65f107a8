using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Backoffice;

/// <summary>Ready answers that staff insert with "/".</summary>
internal static class CannedEndpoints
{
    public static async Task<Ok<CannedList>> ListAsync(Caller caller, ITenants tenants, CancellationToken ct)
    {
        var state = await tenants.ReadAsync(Entity.Tenant(caller.Tenant), ct);
        return TypedResults.Ok(new CannedList([.. state.Canned.OrderBy(a => a.Shortcut, StringComparer.Ordinal).Select(ToView)]));
    }

    public static async Task<Results<Ok<CannedView>, Problem>> SaveAsync(
        string canned, HttpContext context, Caller caller, Body<CannedRequest> body, ITenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var r = body.Value;
        var checks = new Checks();
        checks.MerchantId("id", canned);
        checks.Must(CannedAnswer.IsShortcut(r.Shortcut), "shortcut", "1 to 32 letters, digits, _ and -");
        checks.Text("text", r.Text, CannedAnswer.MaxTextLength);
        checks.Must(r.Locale is null or "ko" or "zh" or "en", "locale", "ko, zh or en");
        checks.ThrowIfAny();
        var answer = new CannedAnswer(canned, r.Shortcut!, r.Text!, r.Locale, caller.Author, clock.GetUtcNow());
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.SaveCanned(answer, clock.GetUtcNow()), ct);
        AuditNote.Of(context).With("shortcut", answer.Shortcut);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.Ok(ToView(answer));
    }

    public static async Task<Results<NoContent, Problem>> RemoveAsync(string canned, Caller caller, ITenants tenants, TimeProvider clock, CancellationToken ct)
    {
        var reply = await tenants.HandleAsync(Entity.Tenant(caller.Tenant), new TenantCommand.RemoveCanned(canned, clock.GetUtcNow()), ct);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : TypedResults.NoContent();
    }

    private static CannedView ToView(CannedAnswer a) => new(a.Id, a.Shortcut, a.Text, a.Locale, a.Author, a.At);
}
