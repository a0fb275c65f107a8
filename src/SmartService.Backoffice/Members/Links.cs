using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartService.Backoffice.Access;

namespace SmartService.Backoffice.Members;

/// <param name="Token">Shown to who made the link, once.</param>
public sealed record MadeLink(string Id, string Token, DateTimeOffset ExpiresAt);

/// <summary>A link that still works, and whose it is.</summary>
public sealed record OpenLink(MemberLink Link, Member? Account);

public enum RedeemFault
{
    /// <summary>Unknown, used or expired: not told apart.</summary>
    Gone,
    NeedsName,
    BadPassword,
    Wrong,
    NeedsCode,
    WrongCode,
    Locked,
}

public sealed record RedeemResult(Member? Member, MemberLink? Link, RedeemFault? Fault, string? Detail = null, TimeSpan Wait = default);

/// <summary>Invitations and new passwords: links that work once, for a while, and are kept as hashes.</summary>
public sealed partial class Links(
    UserManager<Member> users, MembersContext context, MembersDatabase database, Proof proof, Sessions sessions, IMailer mailer, IOptions<ConsoleOptions> options, TimeProvider clock, ILogger<Links> log)
{
    public async Task<MadeLink> InviteAsync(string mail, string tenant, MemberRole role, string by, CancellationToken ct)
    {
        var made = await MakeAsync(new() { Kind = LinkKind.Invitation, Mail = proof.Normal(mail), Tenant = tenant, Role = role, By = by }, options.Value.InvitationLife, ct);
        Invited(role, tenant, by);
        await mailer.SendAsync(new(mail.Trim(), LinkKind.Invitation, made.Token, made.ExpiresAt, tenant), ct);
        return made;
    }

    public async Task<MadeLink> ResetAsync(Member member, string by, CancellationToken ct)
    {
        var made = await MakeAsync(new() { Kind = LinkKind.Reset, Mail = proof.Normal(member.Email!), By = by }, options.Value.ResetLife, ct);
        ResetMade(member.Id, by);
        await mailer.SendAsync(new(member.Email!, LinkKind.Reset, made.Token, made.ExpiresAt, null), ct);
        return made;
    }

    public async Task<OpenLink?> FindAsync(string token, CancellationToken ct)
    {
        if (!Secret.LooksLikeOne(token))
        {
            return null;
        }

        var (hash, now) = (Secret.Hash(token), clock.GetUtcNow().UtcTicks);
        var link = await context.Links.AsNoTracking().FirstOrDefaultAsync(l => l.Hash == hash && l.EndedAt == null && l.ExpiresAt > now, ct);
        if (link is null)
        {
            return null;
        }

        var account = await users.FindByEmailAsync(link.Mail);
        return account is null && link.Kind == LinkKind.Reset ? null : new(link, account);
    }

    public async Task<IReadOnlyList<MemberLink>> OpenInvitationsAsync(string tenant, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcTicks;
        return await context.Links.AsNoTracking()
            .Where(l => l.Tenant == tenant && l.Kind == LinkKind.Invitation && l.EndedAt == null && l.ExpiresAt > now)
            .OrderByDescending(l => l.At).ToListAsync(ct);
    }

    public async Task<MemberLink?> WithdrawAsync(string tenant, string invitation, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcTicks;
        var link = await context.Links.AsNoTracking().FirstOrDefaultAsync(l => l.Tenant == tenant && l.Id == invitation && l.EndedAt == null, ct);
        return link is not null && await EndAsync(link.Id, now, ct) ? link : null;
    }

    /// <summary>Uses a link up. The check of who one is comes first, so that a typing error costs no link.</summary>
    public async Task<RedeemResult> RedeemAsync(string token, string password, string? name, string? code, string? recoveryCode, string? locale, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { } found)
        {
            return new(null, null, RedeemFault.Gone);
        }

        var (link, account) = found;
        if (link.Kind == LinkKind.Invitation && account is not null)
        {
            var shown = await proof.CheckAsync(account.Email!, password, code, recoveryCode, ct);
            return shown.Member is { } known ? await JoinAsync(known, link, ct) : new(null, link, ToFault(shown.Fault), Wait: shown.Wait);
        }

        if (PasswordRules.Fault(password, account?.Email ?? link.Mail) is { } fault)
        {
            return new(null, link, RedeemFault.BadPassword, fault);
        }

        if (account is null)
        {
            return string.IsNullOrWhiteSpace(name) ? new(null, link, RedeemFault.NeedsName) : await CreateAsync(link, name.Trim(), password, locale, ct);
        }

        return await ResetAsync(account, link, password, code, recoveryCode, ct);
    }

    private async Task<RedeemResult> CreateAsync(MemberLink link, string name, string password, string? locale, CancellationToken ct)
    {
        var mail = link.Mail.ToLowerInvariant();
        var member = new Member { UserName = mail, Email = mail, EmailConfirmed = true, Name = name, Locale = locale };
        member.PasswordHash = await proof.HashAsync(member, password, ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await database.HoldAloneAsync(context, $"mail:{link.Mail}", ct);
        if (!await EndAsync(link.Id, clock.GetUtcNow().UtcTicks, ct) || !(await users.CreateAsync(member)).Succeeded)
        {
            return new(null, null, RedeemFault.Gone);
        }

        await PlaceAsync(member, link, ct);
        await transaction.CommitAsync(ct);
        return new(member, link, null);
    }

    private async Task<RedeemResult> JoinAsync(Member member, MemberLink link, CancellationToken ct)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await database.HoldAloneAsync(context, $"mail:{link.Mail}", ct);
        if (!await EndAsync(link.Id, clock.GetUtcNow().UtcTicks, ct))
        {
            return new(null, null, RedeemFault.Gone);
        }

        await PlaceAsync(member, link, ct);
        await transaction.CommitAsync(ct);
        return new(member, link, null);
    }

    private async Task<RedeemResult> ResetAsync(Member member, MemberLink link, string password, string? code, string? recoveryCode, CancellationToken ct)
    {
        // The link proves the mail, not the second factor: that one stays, and its tries count like any others.
        if (member.TwoFactorEnabled && await proof.CheckSecondFactorAsync(member, code, recoveryCode, ct) is { Fault: { } fault } shown)
        {
            return new(null, link, ToFault(fault), Wait: shown.Wait);
        }

        var hash = await proof.HashAsync(member, password, ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await database.HoldAloneAsync(context, $"mail:{link.Mail}", ct);
        if (!await EndAsync(link.Id, clock.GetUtcNow().UtcTicks, ct))
        {
            return new(null, null, RedeemFault.Gone);
        }

        member.PasswordHash = hash;
        await users.UpdateSecurityStampAsync(member);
        await sessions.EndAllAsync(member.Id, except: null, tenant: null, ct);
        await transaction.CommitAsync(ct);
        await proof.ForgiveAsync(member.Email!, ct);
        return new(member, link, null);
    }

    private async Task PlaceAsync(Member member, MemberLink link, CancellationToken ct)
    {
        if (await context.Memberships.FindAsync([member.Id, link.Tenant!], ct) is null)
        {
            context.Memberships.Add(new() { Member = member.Id, Tenant = link.Tenant!, Role = link.Role, Since = clock.GetUtcNow().UtcTicks });
            await context.SaveChangesAsync(ct);
        }
    }

    private async Task<MadeLink> MakeAsync(MemberLink link, TimeSpan life, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var token = Secret.New();
        (link.Id, link.Hash, link.At, link.ExpiresAt) = (Secret.NewId(), Secret.Hash(token), now.UtcTicks, (now + life).UtcTicks);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await database.HoldAloneAsync(context, $"mail:{link.Mail}", ct);
        await context.Links.Where(l => l.Mail == link.Mail && l.Tenant == link.Tenant && l.Kind == link.Kind && l.EndedAt == null)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.EndedAt, now.UtcTicks), ct);
        context.Links.Add(link);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(link.Id, token, now + life);
    }

    /// <summary>One statement decides who of two at once gets it.</summary>
    private async Task<bool> EndAsync(string link, long now, CancellationToken ct) =>
        await context.Links.Where(l => l.Id == link && l.EndedAt == null && l.ExpiresAt > now)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.EndedAt, now), ct) == 1;

    private static RedeemFault ToFault(ProofFault? fault) => fault switch
    {
        ProofFault.NeedsCode => RedeemFault.NeedsCode,
        ProofFault.WrongCode => RedeemFault.WrongCode,
        ProofFault.Locked => RedeemFault.Locked,
        _ => RedeemFault.Wrong,
    };

    [LoggerMessage(6001, LogLevel.Information, "An invitation as {Role} of {Tenant} was made by {By}; who made it was shown the link")]
    private partial void Invited(MemberRole role, string tenant, string by);

    [LoggerMessage(6002, LogLevel.Information, "A link for a new password of member {Member} was made by {By}; who made it was shown the link")]
    private partial void ResetMade(string member, string by);
}
