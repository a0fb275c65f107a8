using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SmartService.Backoffice.Access;

namespace SmartService.Backoffice.Members;

public enum TeamFault
{
    NotFound,

    /// <summary>Only an owner makes or changes owners.</summary>
    OwnersOnly,

    /// <summary>A store keeps one owner.</summary>
    LastOwner,
    AlreadyMember,

    /// <summary>The member has other stores, whose keys would change hands with the password.</summary>
    BelongsElsewhere,
}

/// <summary>A member as colleagues see them.</summary>
public sealed record Colleague(
    string Id, string Mail, string Name, MemberRole Role, bool SecondFactor, bool Locked, DateTimeOffset Since, DateTimeOffset? LastSeenAt);

/// <summary>Who belongs to a store, and as what.</summary>
public sealed class Team(UserManager<Member> users, MembersContext context, MembersDatabase database, Sessions sessions, Proof proof, Links links, TimeProvider clock)
{
    public async Task<IReadOnlyList<Colleague>> ListAsync(string tenant, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcTicks;
        var rows = await (
            from place in context.Memberships
            join member in context.Users on place.Member equals member.Id
            where place.Tenant == tenant
            orderby place.Since
            select new
            {
                member,
                place,
                Locked = context.Attempts.Any(a => a.Mail == member.NormalizedEmail && a.LockedUntil > now),
                Seen = context.Sessions.Where(s => s.Member == member.Id && s.Tenant == tenant).Max(s => (long?)s.LastSeenAt),
            }).AsNoTracking().ToListAsync(ct);
        return [.. rows.Select(r => new Colleague(
            r.member.Id, r.member.Email ?? "", r.member.Name, r.place.Role, r.member.TwoFactorEnabled, r.Locked, Time(r.place.Since), r.Seen is { } seen ? Time(seen) : null))];
    }

    public async Task<Colleague?> FindAsync(string tenant, string member, CancellationToken ct) =>
        (await ListAsync(tenant, ct)).FirstOrDefault(c => c.Id == member);

    /// <summary>Where a member belongs.</summary>
    public async Task<IReadOnlyList<Membership>> PlacesAsync(string member, CancellationToken ct) =>
        await context.Memberships.AsNoTracking().Where(m => m.Member == member).OrderBy(m => m.Since).ToListAsync(ct);

    public async Task<(MadeLink? Link, TeamFault? Fault)> InviteAsync(string tenant, string mail, MemberRole role, bool byOwner, string by, CancellationToken ct)
    {
        if (role == MemberRole.Owner && !byOwner)
        {
            return (null, TeamFault.OwnersOnly);
        }

        var normal = proof.Normal(mail);
        var isThere = await context.Memberships.AnyAsync(m => m.Tenant == tenant && context.Users.Any(u => u.Id == m.Member && u.NormalizedEmail == normal), ct);
        return isThere ? (null, TeamFault.AlreadyMember) : (await links.InviteAsync(mail, tenant, role, by, ct), null);
    }

    /// <param name="byOwner">Whether who asks may change owners.</param>
    public async Task<TeamFault?> ChangeRoleAsync(string tenant, string member, MemberRole role, bool byOwner, CancellationToken ct)
    {
        // Two owners who take each other's place away at once must not both succeed.
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await database.HoldAloneAsync(context, $"team:{tenant}", ct);
        if (await FaultAsync(tenant, member, role, byOwner, ct) is { } fault)
        {
            return fault;
        }

        await context.Memberships.Where(m => m.Tenant == tenant && m.Member == member).ExecuteUpdateAsync(m => m.SetProperty(x => x.Role, role), ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    public async Task<TeamFault?> RemoveAsync(string tenant, string member, bool byOwner, CancellationToken ct)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await database.HoldAloneAsync(context, $"team:{tenant}", ct);
        if (await FaultAsync(tenant, member, null, byOwner, ct) is { } fault)
        {
            return fault;
        }

        await context.Memberships.Where(m => m.Tenant == tenant && m.Member == member).ExecuteDeleteAsync(ct);
        await sessions.EndAllAsync(member, except: null, tenant, ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    public async Task<TeamFault?> UnlockAsync(string tenant, string member, CancellationToken ct)
    {
        if (await FindAsync(tenant, member, ct) is not { } colleague)
        {
            return TeamFault.NotFound;
        }

        await proof.ForgiveAsync(colleague.Mail, ct);
        return null;
    }

    /// <summary>A link for a new password. Whoever holds it is that member, in every store: so it is for members of this store alone.</summary>
    public async Task<(MadeLink? Link, TeamFault? Fault)> ResetAsync(string tenant, string member, bool byOwner, string by, CancellationToken ct)
    {
        var places = await PlacesAsync(member, ct);
        if (places.FirstOrDefault(p => p.Tenant == tenant) is not { } here || await users.FindByIdAsync(member) is not { } account)
        {
            return (null, TeamFault.NotFound);
        }

        if (here.Role == MemberRole.Owner && !byOwner)
        {
            return (null, TeamFault.OwnersOnly);
        }

        return places.Count > 1 ? (null, TeamFault.BelongsElsewhere) : (await links.ResetAsync(account, by, ct), null);
    }

    private async Task<TeamFault?> FaultAsync(string tenant, string member, MemberRole? next, bool byOwner, CancellationToken ct)
    {
        var present = await context.Memberships.AsNoTracking().FirstOrDefaultAsync(m => m.Tenant == tenant && m.Member == member, ct);
        if (present is null)
        {
            return TeamFault.NotFound;
        }

        if ((present.Role == MemberRole.Owner || next == MemberRole.Owner) && !byOwner)
        {
            return TeamFault.OwnersOnly;
        }

        var isLast = present.Role == MemberRole.Owner && next != MemberRole.Owner
            && !await context.Memberships.AnyAsync(m => m.Tenant == tenant && m.Role == MemberRole.Owner && m.Member != member, ct);
        return isLast ? TeamFault.LastOwner : null;
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
