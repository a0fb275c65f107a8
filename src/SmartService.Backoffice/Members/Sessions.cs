using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartService.Backoffice.Access;

namespace SmartService.Backoffice.Members;

/// <summary>Who a cookie stands for now.</summary>
/// <param name="Role">In <paramref name="Tenant"/>, read with each call: what was taken away is gone at once.</param>
public sealed record SignedIn(string Session, string Member, string Name, string Mail, string Tenant, MemberRole Role, DateTimeOffset ExpiresAt);

/// <param name="Cookie">Shown to the browser once.</param>
public sealed record OpenedSession(string Cookie, string Session, DateTimeOffset ExpiresAt);

/// <summary>From where somebody calls, for the list of sessions and the audit log.</summary>
public sealed record Whereabouts(string? Address, string? Agent);

/// <summary>Sessions of members, kept here and not in the cookie: one that is revoked has ended.</summary>
public sealed class Sessions(MembersContext context, IOptions<ConsoleOptions> options, TimeProvider clock)
{
    private const int MostOfOneMember = 50;
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <returns>Null when the cookie is unknown, ended or its member has no place in the store any more.</returns>
    public async Task<SignedIn?> FindAsync(string cookie, CancellationToken ct)
    {
        if (!Secret.LooksLikeOne(cookie))
        {
            return null;
        }

        var hash = Secret.Hash(cookie);
        var found = await Live()
            .Where(row => row.Session.Hash == hash)
            .Select(row => new { row.Session, row.Member.Name, row.Member.Email, row.Place.Role })
            .FirstOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }

        var (session, now) = (found.Session, clock.GetUtcNow().UtcTicks);
        if (now - session.LastSeenAt > SeenEvery.Ticks)
        {
            await context.Sessions.Where(s => s.Id == session.Id && s.LastSeenAt < now).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), ct);
        }

        var end = Math.Min(session.ExpiresAt, Math.Max(session.LastSeenAt, now) + options.Value.SessionIdle.Ticks);
        return new(session.Id, session.Member, found.Name, found.Email ?? "", session.Tenant, found.Role, new(end, TimeSpan.Zero));
    }

    /// <summary>Whether a session still lasts: for streams, which outlive the call that opened them.</summary>
    public Task<bool> IsLiveAsync(string session, string tenant, CancellationToken ct) =>
        Live().AnyAsync(row => row.Session.Id == session && row.Session.Tenant == tenant, ct);

    /// <summary>A new session under a new id, whatever cookie the browser sent before.</summary>
    public async Task<OpenedSession> OpenAsync(string member, string tenant, Whereabouts from, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var cookie = Secret.New();
        var session = new MemberSession
        {
            Id = Secret.NewId(),
            Hash = Secret.Hash(cookie),
            Member = member,
            Tenant = tenant,
            StartedAt = now.UtcTicks,
            LastSeenAt = now.UtcTicks,
            ExpiresAt = (now + options.Value.SessionLife).UtcTicks,
            Address = Cut(from.Address, 64),
            Agent = Cut(from.Agent, 200),
        };
        await ForgetEndedAsync(member, now, ct);
        context.Sessions.Add(session);
        await context.SaveChangesAsync(ct);
        return new(cookie, session.Id, now + options.Value.SessionLife);
    }

    /// <summary>The same session under a new cookie: after a password changed.</summary>
    public async Task<string> RenewAsync(string session, CancellationToken ct)
    {
        var cookie = Secret.New();
        var hash = Secret.Hash(cookie);
        await context.Sessions.Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.Hash, hash), ct);
        return cookie;
    }

    public Task<int> MoveAsync(string session, string tenant, CancellationToken ct) =>
        context.Sessions.Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.Tenant, tenant), ct);

    public async Task<IReadOnlyList<MemberSession>> ListAsync(string member, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await ForgetEndedAsync(member, now, ct);
        return await context.Sessions.AsNoTracking().Where(s => s.Member == member).OrderByDescending(s => s.LastSeenAt).ToListAsync(ct);
    }

    /// <returns>False when the member has no such session.</returns>
    public async Task<bool> EndAsync(string member, string session, CancellationToken ct) =>
        await context.Sessions.Where(s => s.Member == member && s.Id == session).ExecuteDeleteAsync(ct) > 0;

    /// <param name="except">A session that stays.</param>
    /// <param name="tenant">Only those in this store; null for all.</param>
    public Task<int> EndAllAsync(string member, string? except, string? tenant, CancellationToken ct) =>
        context.Sessions.Where(s => s.Member == member && s.Id != except && (tenant == null || s.Tenant == tenant)).ExecuteDeleteAsync(ct);

    private IQueryable<LiveSession> Live()
    {
        var now = clock.GetUtcNow().UtcTicks;
        var idle = now - options.Value.SessionIdle.Ticks;
        return from session in context.Sessions.AsNoTracking()
               join member in context.Users on session.Member equals member.Id
               join place in context.Memberships on new { session.Member, session.Tenant } equals new { place.Member, place.Tenant }
               where session.ExpiresAt > now && session.LastSeenAt > idle
               select new LiveSession { Session = session, Member = member, Place = place };
    }

    /// <summary>Ended ones, and the longest unused beyond the most a member may have.</summary>
    private async Task ForgetEndedAsync(string member, DateTimeOffset now, CancellationToken ct)
    {
        var (ticks, idle) = (now.UtcTicks, (now - options.Value.SessionIdle).UtcTicks);
        await context.Sessions.Where(s => s.Member == member && (s.ExpiresAt <= ticks || s.LastSeenAt <= idle)).ExecuteDeleteAsync(ct);
        var kept = context.Sessions.Where(s => s.Member == member).OrderByDescending(s => s.LastSeenAt).Take(MostOfOneMember - 1).Select(s => s.Id);
        await context.Sessions.Where(s => s.Member == member && !kept.Contains(s.Id)).ExecuteDeleteAsync(ct);
    }

    private static string? Cut(string? text, int most) => text is { Length: var length } && length > most ? text[..most] : text;

    private sealed class LiveSession
    {
        public required MemberSession Session { get; init; }

        public required Member Member { get; init; }

        public required Membership Place { get; init; }
    }
}
