using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Audit;
using SmartService.Backoffice.Members;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Limits;

namespace SmartService.Gateway.Backoffice;

/// <summary>Invitations and new passwords, by the link that was handed on.</summary>
internal static class LinkEndpoints
{
    /// <summary>The token follows '#': browsers keep it to themselves, so it stands in no server's log.</summary>
    public static string Address(HttpContext context, string token) =>
        $"{context.Request.Scheme}://{context.Request.Host.Value}/console/link#{token}";

    public static async Task<Results<Ok<LinkView>, Problem>> OpenAsync(
        HttpContext context, Body<LinkToken> body, Links links, TenantDirectory directory, RateLimits limits, CancellationToken ct)
    {
        if (limits.ForSession(context) is { } tooMany)
        {
            return tooMany;
        }

        if (await links.FindAsync(body.Value.Token ?? "", ct) is not { } found)
        {
            return limits.ForRefused(context) ?? MemberProblems.LinkGone;
        }

        var (link, account) = found;
        var store = link.Tenant is null ? null : (await directory.ReadAsync(new(link.Tenant), ct)).Profile?.Name;
        return TypedResults.Ok(new LinkView(
            link.Kind, link.Mail.ToLowerInvariant(), account?.Name, link.Tenant, store, link.Kind == LinkKind.Invitation ? link.Role : null, account is not null,
            new(link.ExpiresAt, TimeSpan.Zero)));
    }

    public static async Task<Results<Ok<SessionView>, Problem>> RedeemAsync(
        HttpContext context, Body<RedeemRequest> body, Links links, Team team, SessionViews views, RateLimits limits, AuditLog audit, CancellationToken ct)
    {
        if (limits.ForSession(context) is { } tooMany)
        {
            return tooMany;
        }

        var r = body.Value;
        var checks = new Checks();
        checks.OptionalText("name", r.Name, 100);
        checks.Must(!string.IsNullOrEmpty(r.Password), "password", "is missing");
        checks.Must(r.Locale is null or "ko" or "zh" or "en", "locale", "ko, zh or en");
        checks.ThrowIfAny();
        var result = await links.RedeemAsync(r.Token ?? "", r.Password!, r.Name, r.Code, r.RecoveryCode, r.Locale, ct);
        if (result.Member is not { } member)
        {
            return Refuse(result, limits, context);
        }

        var places = await team.PlacesAsync(member.Id, ct);
        var place = places.FirstOrDefault(p => p.Tenant == result.Link!.Tenant) ?? (places is [var first, ..] ? first : null);
        if (place is null)
        {
            return MemberProblems.NoStore;
        }

        var action = result.Link!.Kind == LinkKind.Invitation ? "member.join" : "member.password_reset";
        foreach (var each in result.Link.Kind == LinkKind.Invitation ? [place] : places)
        {
            await audit.AppendAsync(
                new(each.Tenant, new(ActorKind.Member, member.Id, member.Name), action, $"member/{member.Id}", $"{{\"role\":\"{Words.ToWord(each.Role)}\"}}", Auditing.Address(context)),
                CancellationToken.None);
        }

        return TypedResults.Ok(await SignInEndpoints.EnterAsync(context, member, place, views, ct));
    }

    private static Problem Refuse(RedeemResult result, RateLimits limits, HttpContext context) => result.Fault switch
    {
        RedeemFault.NeedsName => Problems.Invalid("A name is needed.", new Fault("name", "1 to 100 characters")),
        RedeemFault.BadPassword => Problems.Invalid("The password will not do.", new Fault("password", result.Detail ?? "")),
        RedeemFault.NeedsCode => MemberProblems.CodeNeeded,
        RedeemFault.Locked => MemberProblems.Locked(result.Wait),
        RedeemFault.Gone => limits.ForRefused(context) ?? MemberProblems.LinkGone,
        _ => limits.ForRefused(context) ?? MemberProblems.Wrong,
    };
}
