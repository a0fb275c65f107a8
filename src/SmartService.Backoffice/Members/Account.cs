using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace SmartService.Backoffice.Members;

public enum AccountFault
{
    WrongPassword,
    Locked,
    WrongCode,
    BadPassword,
}

public sealed record AccountResult<T>(T? Value, AccountFault? Fault = null, string? Detail = null, TimeSpan Wait = default)
    where T : class;

/// <summary>What a signed-in member changes about themselves.</summary>
public sealed class Account(UserManager<Member> users, MembersContext context, Proof proof, Sessions sessions)
{
    private const int Codes = 10;

    public Task<Member?> FindAsync(string member) => users.FindByIdAsync(member);

    public Task<Member?> FindByMailAsync(string mail) => users.FindByEmailAsync(mail.Trim());

    public Task<int> RecoveryCodesLeftAsync(Member member) => users.CountRecoveryCodesAsync(member);

    public Task DescribeAsync(string member, string? name, string? locale, CancellationToken ct) =>
        context.Users.Where(u => u.Id == member).ExecuteUpdateAsync(
            u => u.SetProperty(x => x.Name, x => name ?? x.Name).SetProperty(x => x.Locale, x => locale ?? x.Locale), ct);

    /// <returns>The session's new cookie: a password change ends all others.</returns>
    public async Task<AccountResult<string>> ChangePasswordAsync(SignedIn who, string password, string next, CancellationToken ct)
    {
        var (member, fault) = await ConfirmAsync<string>(who, password, ct);
        if (fault is not null)
        {
            return fault;
        }

        if (PasswordRules.Fault(next, who.Mail) is { } wrong)
        {
            return new(null, AccountFault.BadPassword, wrong);
        }

        member!.PasswordHash = await proof.HashAsync(member, next, ct);
        await users.UpdateSecurityStampAsync(member);
        await sessions.EndAllAsync(member.Id, who.Session, tenant: null, ct);
        return new(await sessions.RenewAsync(who.Session, ct));
    }

    /// <summary>A key for an app. The factor is on only once a code of it was shown; an old one stays on till then.</summary>
    public async Task<AccountResult<string>> BeginSecondFactorAsync(SignedIn who, string password, CancellationToken ct)
    {
        var (member, fault) = await ConfirmAsync<string>(who, password, ct);
        if (fault is not null)
        {
            return fault;
        }

        if (!member!.TwoFactorEnabled)
        {
            await users.ResetAuthenticatorKeyAsync(member);
        }

        return new(await users.GetAuthenticatorKeyAsync(member));
    }

    public async Task<AccountResult<IReadOnlyList<string>>> TurnSecondFactorOnAsync(SignedIn who, string code)
    {
        var member = (await users.FindByIdAsync(who.Member))!;
        if (member.TwoFactorEnabled || !await proof.IsCodeAsync(member, code))
        {
            return new(null, AccountFault.WrongCode);
        }

        await users.SetTwoFactorEnabledAsync(member, true);
        return new(await NewCodesAsync(member));
    }

    public async Task<AccountResult<string>> TurnSecondFactorOffAsync(SignedIn who, string password, CancellationToken ct)
    {
        var (member, fault) = await ConfirmAsync<string>(who, password, ct);
        if (fault is not null)
        {
            return fault;
        }

        await users.SetTwoFactorEnabledAsync(member!, false);
        await users.ResetAuthenticatorKeyAsync(member!);
        return new("");
    }

    public async Task<AccountResult<IReadOnlyList<string>>> RenewCodesAsync(SignedIn who, string password, CancellationToken ct)
    {
        var (member, fault) = await ConfirmAsync<IReadOnlyList<string>>(who, password, ct);
        if (fault is not null)
        {
            return fault;
        }

        return member!.TwoFactorEnabled ? new(await NewCodesAsync(member)) : new(null, AccountFault.WrongCode);
    }

    private async Task<IReadOnlyList<string>> NewCodesAsync(Member member) =>
        [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(member, Codes) ?? []];

    private async Task<(Member? Member, AccountResult<T>? Fault)> ConfirmAsync<T>(SignedIn who, string password, CancellationToken ct)
        where T : class
    {
        var member = (await users.FindByIdAsync(who.Member))!;
        var shown = await proof.CheckPasswordAsync(member, password, ct);
        return shown.Fault switch
        {
            null => (member, null),
            ProofFault.Locked => (null, new(null, AccountFault.Locked, Wait: shown.Wait)),
            _ => (null, new(null, AccountFault.WrongPassword)),
        };
    }
}
