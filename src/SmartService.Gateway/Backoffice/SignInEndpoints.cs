using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Audit;
using SmartService.Backoffice.Members;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;
using SmartService.Gateway.Limits;

namespace SmartService.Gateway.Backoffice;

/// <summary>Signing in and out, and which store is looked at.</summary>
internal static class SignInEndpoints
{
    public static async Task<Results<Ok<SessionView>, Problem>> SignInAsync(
        HttpContext context, Body<SignInRequest> body, Proof proof, Team team, SessionViews views, RateLimits limits, CancellationToken ct)
    {
        if (limits.ForSession(context) is { } tooMany)
        {
            return tooMany;
        }

        var r = body.Value;
        var checks = new Checks();
        checks.Text("mail", r.Mail, 254);
        checks.Must(!string.IsNullOrEmpty(r.Password), "password", "is missing");
        checks.ThrowIfAny();
        var shown = await proof.CheckAsync(r.Mail!, r.Password!, r.Code, r.RecoveryCode, ct);
        if (shown.Member is not { } member)
        {
            await NoteRefusalAsync(context, r.Mail!, shown.Fault!.Value, ct);
            return limits.ForRefused(context) is { } refused && shown.Fault != ProofFault.NeedsCode ? refused : Refuse(shown.Fault!.Value, shown.Wait);
        }

        var places = await team.PlacesAsync(member.Id, ct);
        var place = places.FirstOrDefault(p => p.Tenant == r.Tenant) ?? (r.Tenant is null && places is [var first, ..] ? first : null);
        return place is null ? MemberProblems.NoStore : TypedResults.Ok(await EnterAsync(context, member, place, views, ct));
    }

    /// <summary>A new session under a new id, whatever the browser sent before; that one ends.</summary>
    public static async Task<SessionView> EnterAsync(HttpContext context, Member member, Membership place, SessionViews views, CancellationToken ct)
    {
        var sessions = context.RequestServices.GetRequiredService<Sessions>();
        if (SessionCookie.Read(context) is { } old && await sessions.FindAsync(old, ct) is { } former)
        {
            await sessions.EndAsync(former.Member, former.Session, ct);
        }

        var opened = await sessions.OpenAsync(member.Id, place.Tenant, new(Auditing.Address(context), context.Request.Headers.UserAgent), ct);
        SessionCookie.Write(context, opened.Cookie, opened.ExpiresAt);
        await context.RequestServices.GetRequiredService<AuditLog>().AppendAsync(
            new(place.Tenant, new(ActorKind.Member, member.Id, member.Name), "session.start", $"session/{opened.Session}", Address: Auditing.Address(context)), CancellationToken.None);
        var signedIn = await sessions.FindAsync(opened.Cookie, ct) ?? throw new InvalidOperationException("A session just opened is not there.");
        return await views.OfAsync(new Caller(signedIn), ct);
    }

    public static async Task<Ok<SessionView>> ReadAsync(Caller caller, SessionViews views, CancellationToken ct) =>
        TypedResults.Ok(await views.OfAsync(caller, ct));

    public static async Task<NoContent> SignOutAsync(HttpContext context, Caller caller, Sessions sessions, CancellationToken ct)
    {
        await sessions.EndAsync(caller.Member!.Member, caller.Member.Session, ct);
        SessionCookie.Drop(context);
        return TypedResults.NoContent();
    }

    public static async Task<Results<Ok<SessionView>, Problem>> MoveAsync(
        HttpContext context, Caller caller, Body<TenantChoice> body, Team team, Sessions sessions, SessionViews views, CancellationToken ct)
    {
        var who = caller.Member!;
        if (body.Value.Tenant is not { } tenant || (await team.PlacesAsync(who.Member, ct)).FirstOrDefault(p => p.Tenant == tenant) is not { } place)
        {
            return Problems.NotFound("No such store");
        }

        await sessions.MoveAsync(who.Session, tenant, ct);
        AuditNote.Of(context).About($"tenant/{tenant}");
        return TypedResults.Ok(await views.OfAsync(new Caller(who with { Tenant = tenant, Role = place.Role }), ct));
    }

    public static async Task<Ok<SessionList>> ListAsync(Caller caller, Sessions sessions, CancellationToken ct)
    {
        var who = caller.Member!;
        var own = await sessions.ListAsync(who.Member, ct);
        return TypedResults.Ok(new SessionList([.. own.Select(s => new SessionRow(
            s.Id, s.Id == who.Session, Time(s.StartedAt), Time(s.LastSeenAt), Time(s.ExpiresAt), s.Address, s.Agent))]));
    }

    public static async Task<Results<NoContent, Problem>> EndAsync(string session, HttpContext context, Caller caller, Sessions sessions, CancellationToken ct)
    {
        if (!await sessions.EndAsync(caller.Member!.Member, session, ct))
        {
            return Problems.NotFound("No such session");
        }

        if (session == caller.Member.Session)
        {
            SessionCookie.Drop(context);
        }

        return TypedResults.NoContent();
    }

    public static async Task<NoContent> EndOthersAsync(Caller caller, Sessions sessions, CancellationToken ct)
    {
        await sessions.EndAllAsync(caller.Member!.Member, caller.Member.Session, tenant: null, ct);
        return TypedResults.NoContent();
    }

    public static Problem Refuse(ProofFault fault, TimeSpan wait) => fault switch
    {
        ProofFault.NeedsCode => MemberProblems.CodeNeeded,
        ProofFault.Locked => MemberProblems.Locked(wait),
        _ => MemberProblems.Wrong,
    };

    /// <summary>Into the log of every store the mail belongs to; of a mail nobody has, or one that is locked already, nothing is written.</summary>
    private static async Task NoteRefusalAsync(HttpContext context, string mail, ProofFault fault, CancellationToken ct)
    {
        var services = context.RequestServices;
        if (fault is ProofFault.NeedsCode or ProofFault.Locked || await services.GetRequiredService<Account>().FindByMailAsync(mail) is not { } member)
        {
            return;
        }

        foreach (var place in await services.GetRequiredService<Team>().PlacesAsync(member.Id, ct))
        {
            await services.GetRequiredService<AuditLog>().AppendAsync(
                new(place.Tenant, new(ActorKind.System, "sign-in"), "session.refused", $"member/{member.Id}", $"{{\"reason\":\"{Words.ToWord(fault)}\"}}", Auditing.Address(context)),
                CancellationToken.None);
        }
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
