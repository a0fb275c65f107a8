using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Members;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Backoffice;

/// <summary>What members change about themselves.</summary>
internal static class MeEndpoints
{
    public static async Task<Results<Ok<SessionView>, Problem>> DescribeAsync(
        Caller caller, Body<MeRequest> body, Account account, SessionViews views, CancellationToken ct)
    {
        var checks = new Checks();
        if (body.Value.Name is { } name)
        {
            checks.Text("name", name, 100);
        }

        checks.Must(body.Value.Locale is null or "ko" or "zh" or "en", "locale", "ko, zh or en");
        checks.ThrowIfAny();
        await account.DescribeAsync(caller.Member!.Member, body.Value.Name?.Trim(), body.Value.Locale, ct);
        return TypedResults.Ok(await views.OfAsync(caller, ct));
    }

    public static async Task<Results<NoContent, Problem>> ChangePasswordAsync(
        HttpContext context, Caller caller, Body<PasswordChange> body, Account account, CancellationToken ct)
    {
        var result = await account.ChangePasswordAsync(caller.Member!, body.Value.Password ?? "", body.Value.Next ?? "", ct);
        if (result.Value is not { } cookie)
        {
            return Refuse(result.Fault!.Value, result.Wait, "next", result.Detail);
        }

        SessionCookie.Write(context, cookie, caller.ExpiresAt ?? DateTimeOffset.MaxValue);
        return TypedResults.NoContent();
    }

    public static async Task<Results<Ok<SecondFactorKey>, Problem>> BeginSecondFactorAsync(
        Caller caller, Body<PasswordProof> body, Account account, CancellationToken ct)
    {
        var result = await account.BeginSecondFactorAsync(caller.Member!, body.Value.Password ?? "", ct);
        return result.Value is { } key
            ? TypedResults.Ok(new SecondFactorKey(key, OneTimeCodes.Uri("SmartService", caller.Member!.Mail, key)))
            : Refuse(result.Fault!.Value, result.Wait);
    }

    public static async Task<Results<Ok<RecoveryCodes>, Problem>> TurnSecondFactorOnAsync(Caller caller, Body<CodeRequest> body, Account account)
    {
        var result = await account.TurnSecondFactorOnAsync(caller.Member!, body.Value.Code ?? "");
        return result.Value is { } codes ? TypedResults.Ok(new RecoveryCodes(codes)) : MemberProblems.WrongCode;
    }

    public static async Task<Results<NoContent, Problem>> TurnSecondFactorOffAsync(
        Caller caller, Body<PasswordProof> body, Account account, CancellationToken ct)
    {
        var result = await account.TurnSecondFactorOffAsync(caller.Member!, body.Value.Password ?? "", ct);
        return result.Fault is { } fault ? Refuse(fault, result.Wait) : TypedResults.NoContent();
    }

    public static async Task<Results<Ok<RecoveryCodes>, Problem>> RenewCodesAsync(
        Caller caller, Body<PasswordProof> body, Account account, CancellationToken ct)
    {
        var result = await account.RenewCodesAsync(caller.Member!, body.Value.Password ?? "", ct);
        return result.Value is { } codes ? TypedResults.Ok(new RecoveryCodes(codes)) : Refuse(result.Fault!.Value, result.Wait);
    }

    private static Problem Refuse(AccountFault fault, TimeSpan wait, string field = "password", string? detail = null) => fault switch
    {
        AccountFault.Locked => MemberProblems.Locked(wait),
        AccountFault.WrongCode => MemberProblems.WrongCode,
        AccountFault.BadPassword => Problems.Invalid("The password will not do.", new Fault(field, detail ?? "")),
        _ => MemberProblems.WrongPassword,
    };
}
