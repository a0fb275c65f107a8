using System.Net.Mail;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Backoffice.Access;
using SmartService.Backoffice.Members;
using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Backoffice;

/// <summary>Members of a store and invitations to it.</summary>
internal static class MemberEndpoints
{
    public static async Task<Ok<MemberList>> ListAsync(Caller caller, Team team, CancellationToken ct) =>
        TypedResults.Ok(new MemberList([.. (await team.ListAsync(caller.Tenant.Value, ct)).Select(ToView)]));

    public static async Task<Results<Ok<MemberView>, Problem>> ChangeRoleAsync(
        string member, HttpContext context, Caller caller, Body<RoleRequest> body, Team team, CancellationToken ct)
    {
        var checks = new Checks();
        var role = checks.Needed("role", body.Value.Role);
        checks.ThrowIfAny();
        var before = await team.FindAsync(caller.Tenant.Value, member, ct);
        if (await team.ChangeRoleAsync(caller.Tenant.Value, member, role, caller.IsOwner, ct) is { } fault)
        {
            return MemberProblems.Of(fault);
        }

        Note(context, before).With("before", Words.ToWord(before!.Role)).With("after", Words.ToWord(role));
        return TypedResults.Ok(ToView((await team.FindAsync(caller.Tenant.Value, member, ct))!));
    }

    public static async Task<Results<NoContent, Problem>> RemoveAsync(string member, HttpContext context, Caller caller, Team team, CancellationToken ct)
    {
        var before = await team.FindAsync(caller.Tenant.Value, member, ct);
        if (await team.RemoveAsync(caller.Tenant.Value, member, caller.IsOwner, ct) is { } fault)
        {
            return MemberProblems.Of(fault);
        }

        Note(context, before).With("before", Words.ToWord(before!.Role));
        return TypedResults.NoContent();
    }

    public static async Task<Results<Ok<MemberView>, Problem>> UnlockAsync(string member, HttpContext context, Caller caller, Team team, CancellationToken ct)
    {
        if (await team.UnlockAsync(caller.Tenant.Value, member, ct) is { } fault)
        {
            return MemberProblems.Of(fault);
        }

        var colleague = (await team.FindAsync(caller.Tenant.Value, member, ct))!;
        Note(context, colleague);
        return TypedResults.Ok(ToView(colleague));
    }

    public static async Task<Results<Created<MadeLinkView>, Problem>> ResetAsync(string member, HttpContext context, Caller caller, Team team, CancellationToken ct)
    {
        var (link, fault) = await team.ResetAsync(caller.Tenant.Value, member, caller.IsOwner, caller.Author, ct);
        if (link is null)
        {
            return MemberProblems.Of(fault!.Value);
        }

        var address = LinkEndpoints.Address(context, link.Token);
        return TypedResults.Created(address, new MadeLinkView(address, link.Token, link.ExpiresAt));
    }

    public static async Task<Ok<InvitationList>> ListInvitationsAsync(Caller caller, Links links, CancellationToken ct) =>
        TypedResults.Ok(new InvitationList([.. (await links.OpenInvitationsAsync(caller.Tenant.Value, ct)).Select(l => new InvitationView(
            l.Id, l.Mail.ToLowerInvariant(), l.Role, l.By, new(l.At, TimeSpan.Zero), new(l.ExpiresAt, TimeSpan.Zero)))]));

    public static async Task<Results<Created<MadeInvitation>, Problem>> InviteAsync(
        HttpContext context, Caller caller, Body<InvitationRequest> body, Team team, CancellationToken ct)
    {
        var checks = new Checks();
        checks.Must(IsMail(body.Value.Mail), "mail", "a mail address, at most 254 characters");
        var role = checks.Needed("role", body.Value.Role);
        checks.ThrowIfAny();
        var mail = body.Value.Mail!.Trim();
        var (link, fault) = await team.InviteAsync(caller.Tenant.Value, mail, role, caller.IsOwner, caller.Author, ct);
        if (link is null)
        {
            return MemberProblems.Of(fault!.Value);
        }

        AuditNote.Of(context).About($"invitation/{link.Id}").With("mail", mail).With("role", Words.ToWord(role));
        var address = LinkEndpoints.Address(context, link.Token);
        return TypedResults.Created(address, new MadeInvitation(link.Id, mail, role, address, link.Token, link.ExpiresAt));
    }

    public static async Task<Results<NoContent, Problem>> WithdrawAsync(string invitation, HttpContext context, Caller caller, Links links, CancellationToken ct)
    {
        if (await links.WithdrawAsync(caller.Tenant.Value, invitation, ct) is not { } link)
        {
            return Problems.NotFound("No such invitation");
        }

        AuditNote.Of(context).With("mail", link.Mail.ToLowerInvariant()).With("role", Words.ToWord(link.Role));
        return TypedResults.NoContent();
    }

    public static Ok<RoleList> Roles() =>
        TypedResults.Ok(new RoleList([.. Enum.GetValues<MemberRole>().Select(r => new RolePermissions(r, RoleTable.Words(RoleTable.Of(r))))]));

    /// <summary>One address and nothing else: no name, no list, no line break.</summary>
    public static bool IsMail(string? text) =>
        text?.Trim() is { Length: > 2 and <= 254 } mail && MailAddress.TryCreate(mail, out var address) && address.Address == mail && !mail.Any(char.IsControl);

    private static AuditNote Note(HttpContext context, Colleague? member) =>
        AuditNote.Of(context).With("mail", member?.Mail is { } mail ? JsonValue.Create(mail) : null);

    private static MemberView ToView(Colleague c) => new(c.Id, c.Mail, c.Name, c.Role, c.SecondFactor, c.Locked, c.Since, c.LastSeenAt);
}
