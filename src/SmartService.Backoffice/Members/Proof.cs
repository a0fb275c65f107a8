using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace SmartService.Backoffice.Members;

public enum ProofFault
{
    /// <summary>Unknown mail or wrong password: not told apart.</summary>
    Wrong,

    /// <summary>The password is right, a code is needed.</summary>
    NeedsCode,

    /// <summary>The code or recovery code is wrong, or was used.</summary>
    WrongCode,

    Locked,
}

/// <param name="Wait">How long the mail stays locked.</param>
public sealed record ProofResult(Member? Member, ProofFault? Fault, TimeSpan Wait = default);

/// <summary>Checks that somebody is who they say: password, then one-time code, each try counted before it is looked at.</summary>
public sealed class Proof(UserManager<Member> users, MembersContext context, IOptions<ConsoleOptions> options, TimeProvider clock)
{
    private const int MostKept = 20_000;

    // Hashing is meant to be slow: more at once than there are processors would only starve everyone else.
    private static readonly SemaphoreSlim Hashing = new(Math.Max(1, Environment.ProcessorCount));
    private static readonly Member Nobody = new();
    private static string? nobodysHash;

    public async Task<ProofResult> CheckAsync(string mail, string password, string? code, string? recoveryCode, CancellationToken ct)
    {
        var normal = Normal(mail);
        if (await CountTryAsync(normal, ct) is { } wait)
        {
            return new(null, ProofFault.Locked, wait);
        }

        var member = await users.FindByEmailAsync(mail);
        if (!await IsPasswordAsync(member, password, ct))
        {
            return new(null, ProofFault.Wrong);
        }

        ProofFault? fault = member!.TwoFactorEnabled ? await CheckCodeAsync(member, code, recoveryCode) : null;
        if (fault is null)
        {
            await ForgiveAsync(mail, ct);
        }
        else if (fault == ProofFault.NeedsCode)
        {
            await TakeBackAsync(normal, ct);
        }

        return new(fault is null ? member : null, fault);
    }

    /// <summary>The password alone, of a member who is signed in already.</summary>
    public async Task<ProofResult> CheckPasswordAsync(Member member, string password, CancellationToken ct)
    {
        var normal = Normal(member.Email!);
        if (await CountTryAsync(normal, ct) is { } wait)
        {
            return new(null, ProofFault.Locked, wait);
        }

        if (!await IsPasswordAsync(member, password, ct))
        {
            return new(null, ProofFault.Wrong);
        }

        await TakeBackAsync(normal, ct);
        return new(member, null);
    }

    /// <summary>The second factor alone, counted like a whole try.</summary>
    public async Task<ProofResult> CheckSecondFactorAsync(Member member, string? code, string? recoveryCode, CancellationToken ct)
    {
        var normal = Normal(member.Email!);
        if (await CountTryAsync(normal, ct) is { } wait)
        {
            return new(null, ProofFault.Locked, wait);
        }

        var fault = await CheckCodeAsync(member, code, recoveryCode);
        if (fault != ProofFault.WrongCode)
        {
            await TakeBackAsync(normal, ct);
        }

        return new(fault is null ? member : null, fault);
    }

    /// <summary>A code of the member's app, or an unused recovery code.</summary>
    public async Task<ProofFault?> CheckCodeAsync(Member member, string? code, string? recoveryCode)
    {
        if (!string.IsNullOrWhiteSpace(code))
        {
            return await IsCodeAsync(member, code) ? null : ProofFault.WrongCode;
        }

        if (!string.IsNullOrWhiteSpace(recoveryCode))
        {
            return (await users.RedeemTwoFactorRecoveryCodeAsync(member, recoveryCode)).Succeeded ? null : ProofFault.WrongCode;
        }

        return ProofFault.NeedsCode;
    }

    /// <summary>Whether it is a code of the member's key that was not accepted before.</summary>
    public async Task<bool> IsCodeAsync(Member member, string code)
    {
        if (await users.GetAuthenticatorKeyAsync(member) is not { } key || OneTimeCodes.Match(key, code, clock.GetUtcNow()) is not { } step)
        {
            return false;
        }

        var fresh = await context.Users.Where(u => u.Id == member.Id && u.LastCodeStep < step).ExecuteUpdateAsync(u => u.SetProperty(x => x.LastCodeStep, step)) == 1;
        member.LastCodeStep = fresh ? step : member.LastCodeStep;
        return fresh;
    }

    public async Task<TimeSpan?> LockedForAsync(string mail, CancellationToken ct)
    {
        var (normal, now) = (Normal(mail), clock.GetUtcNow().UtcTicks);
        var until = await context.Attempts.Where(a => a.Mail == normal).Select(a => (long?)a.LockedUntil).FirstOrDefaultAsync(ct);
        return until > now ? TimeSpan.FromTicks(until.Value - now) : null;
    }

    public async Task ForgiveAsync(string mail, CancellationToken ct)
    {
        var normal = Normal(mail);
        await context.Attempts.Where(a => a.Mail == normal).ExecuteDeleteAsync(ct);
    }

    /// <summary>The hash of a password, at the machine's pace.</summary>
    public async Task<string> HashAsync(Member member, string password, CancellationToken ct)
    {
        await Hashing.WaitAsync(ct);
        try
        {
            return await Task.Run(() => users.PasswordHasher.HashPassword(member, password), ct);
        }
        finally
        {
            Hashing.Release();
        }
    }

    public string Normal(string mail) => users.NormalizeEmail(mail.Trim())!;

    /// <summary>Takes as long for a mail nobody has as for a wrong password.</summary>
    private async Task<bool> IsPasswordAsync(Member? member, string password, CancellationToken ct)
    {
        await Hashing.WaitAsync(ct);
        try
        {
            var hash = member?.PasswordHash ?? (nobodysHash ??= users.PasswordHasher.HashPassword(Nobody, Secret.New()));
            var result = await Task.Run(() => users.PasswordHasher.VerifyHashedPassword(member ?? Nobody, hash, password.Length <= PasswordRules.Most ? password : ""), ct);
            return member?.PasswordHash is not null && result != PasswordVerificationResult.Failed;
        }
        finally
        {
            Hashing.Release();
        }
    }

    /// <summary>
    /// A right password without its code is neither a failure nor a success: this try does not count, those before it do.
    /// (Forgiving them would let who knows the password try codes without end.)
    /// </summary>
    private Task<int> TakeBackAsync(string mail, CancellationToken ct)
    {
        var (now, before) = (clock.GetUtcNow().UtcTicks, options.Value.Tries - 1);
        return context.Database.ExecuteSqlAsync(
            $"""
             UPDATE attempts SET
               "Failures" = CASE WHEN "LockedUntil" > {now} THEN {before} WHEN "Failures" > 1 THEN "Failures" - 1 ELSE 0 END, "LockedUntil" = 0
             WHERE "Mail" = {mail}
             """,
            ct);
    }

    /// <summary>
    /// One statement, before the password is looked at: tries sent at the same time cannot pass it together. The last try
    /// locks already; when it was right, <see cref="ForgiveAsync"/> takes the lock back.
    /// </summary>
    /// <returns>How long to wait; null when the try may go on.</returns>
    private async Task<TimeSpan?> CountTryAsync(string mail, CancellationToken ct)
    {
        var (now, most, locked) = (clock.GetUtcNow().UtcTicks, options.Value.Tries, options.Value.LockedFor.Ticks);
        if (await context.Attempts.CountAsync(ct) > MostKept)
        {
            await context.Attempts.Where(a => a.At < now - locked).ExecuteDeleteAsync(ct);
        }

        var counted = await context.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO attempts ("Mail", "Failures", "LockedUntil", "At") VALUES ({mail}, 1, 0, {now})
             ON CONFLICT ("Mail") DO UPDATE SET
               "Failures" = CASE WHEN attempts."At" < {now - locked} THEN 1 WHEN attempts."Failures" + 1 >= {most} THEN 0 ELSE attempts."Failures" + 1 END,
               "LockedUntil" = CASE WHEN attempts."At" >= {now - locked} AND attempts."Failures" + 1 >= {most} THEN {now + locked} ELSE 0 END,
               "At" = excluded."At"
             WHERE attempts."LockedUntil" <= {now}
             """,
            ct);
        return counted > 0 ? null : await LockedForAsync(mail, ct) ?? TimeSpan.FromSeconds(1);
    }
}
