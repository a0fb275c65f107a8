using System.Text.Json;
using SmartService.Backoffice.Access;
using SmartService.Domain.Tenants;

namespace SmartService.Gateway.Backoffice;

// What crosses the wire between the merchant's console and us; docs/api.md explains every field.
internal sealed record SignInRequest(string? Mail, string? Password, string? Code, string? RecoveryCode, string? Tenant);

internal sealed record SignedInMember(string Id, string Mail, string Name, string? Locale, bool SecondFactor, int? RecoveryCodesLeft);

internal sealed record SignedInKey(KeyScope Scope, string Id);

internal sealed record OwnStoreView(string Name, string Locale, string Currency, string TimeZone);

internal sealed record PlaceView(string Id, string Name, MemberRole Role);

internal sealed record SessionView(
    SignedInMember? Member, SignedInKey? Key, string Tenant, OwnStoreView Store, MemberRole? Role, IReadOnlyList<string> Permissions,
    IReadOnlyList<PlaceView> Tenants, DateTimeOffset? ExpiresAt);

internal sealed record TenantChoice(string? Tenant);

internal sealed record SessionRow(
    string Id, bool Current, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? Agent);

internal sealed record SessionList(IReadOnlyList<SessionRow> Sessions);

internal sealed record MeRequest(string? Name, string? Locale);

internal sealed record PasswordChange(string? Password, string? Next);

internal sealed record PasswordProof(string? Password);

internal sealed record CodeRequest(string? Code);

internal sealed record SecondFactorKey(string Key, string Uri);

internal sealed record RecoveryCodes(IReadOnlyList<string> Codes)
{
    [System.Text.Json.Serialization.JsonPropertyName("recoveryCodes")]
    public IReadOnlyList<string> Codes { get; } = Codes;
}

internal sealed record LinkToken(string? Token);

internal sealed record LinkView(
    SmartService.Backoffice.Members.LinkKind Kind, string Mail, string? Name, string? Tenant, string? Store, MemberRole? Role, bool HasAccount, DateTimeOffset ExpiresAt);

internal sealed record RedeemRequest(string? Token, string? Password, string? Name, string? Code, string? RecoveryCode, string? Locale);

internal sealed record MemberView(
    string Id, string Mail, string Name, MemberRole Role, bool SecondFactor, bool Locked, DateTimeOffset Since, DateTimeOffset? LastSeenAt);

internal sealed record MemberList(IReadOnlyList<MemberView> Members);

internal sealed record RoleRequest(MemberRole? Role);

internal sealed record InvitationRequest(string? Mail, MemberRole? Role);

internal sealed record InvitationView(string Id, string Mail, MemberRole Role, string By, DateTimeOffset At, DateTimeOffset ExpiresAt);

internal sealed record InvitationList(IReadOnlyList<InvitationView> Invitations);

internal sealed record MadeInvitation(string Id, string Mail, MemberRole Role, string Link, string Token, DateTimeOffset ExpiresAt);

internal sealed record MadeLinkView(string Link, string Token, DateTimeOffset ExpiresAt);

internal sealed record RolePermissions(MemberRole Role, IReadOnlyList<string> Permissions);

internal sealed record RoleList(IReadOnlyList<RolePermissions> Roles);

internal sealed record ActorView(SmartService.Backoffice.Audit.ActorKind Kind, string Id, string? Name);

internal sealed record AuditView(
    long Number, DateTimeOffset At, ActorView Actor, string Action, string? Target, JsonElement? Summary, string? Address, string Previous, string Hash);

internal sealed record AuditList(IReadOnlyList<AuditView> Records, string? Next);

internal sealed record AuditVerdictView(bool Valid, long Records, string? Head, long? BrokenAt);
