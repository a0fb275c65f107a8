using System.Security.Claims;
using SmartService.Backoffice.Access;
using SmartService.Backoffice.Audit;
using SmartService.Backoffice.Members;
using SmartService.Domain;

namespace SmartService.Gateway.Access;

/// <summary>What a credential may do.</summary>
internal enum CallerScope
{
    Admin, Secret, Agent, Publishable, Shopper,

    /// <summary>A person signed in with a cookie; the role says what they may.</summary>
    Member,
}

/// <summary>Who calls. Tenant and customer come from the credential and from nowhere else.</summary>
internal sealed class Caller(CallerScope scope, TenantId tenant, CustomerId customer, string credential, DateTimeOffset? expiresAt, bool identified)
    : ClaimsPrincipal(Authenticated)
{
    private static readonly ClaimsIdentity Authenticated = new("credential");

    public Caller(SignedIn member)
        : this(CallerScope.Member, new(member.Tenant), default, $"member:{member.Member}", member.ExpiresAt, identified: true) => Member = member;

    public CallerScope Scope { get; } = scope;

    /// <summary>The empty id for the administrator.</summary>
    public TenantId Tenant { get; } = tenant;

    /// <summary>The empty id for everyone but shoppers.</summary>
    public CustomerId Customer { get; } = customer;

    /// <summary>Name under which rate limits count: a key's id or a shopper's address in its tenant. No secret.</summary>
    public string Credential { get; } = credential;

    /// <summary>When the credential ends by itself; null for keys.</summary>
    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    public bool IsIdentified { get; } = identified;

    /// <summary>The person, when one is signed in.</summary>
    public SignedIn? Member { get; }

    public bool IsOwner => Scope == CallerScope.Secret || Member?.Role == MemberRole.Owner;

    /// <summary>Under which name the caller writes: a member under their own, whatever they send.</summary>
    public string AuthorOr(string? sent) => Member?.Name ?? (string.IsNullOrWhiteSpace(sent) ? Credential : sent);

    /// <summary>The name that stands beside what the caller changed.</summary>
    public string Author => Member?.Name ?? Credential;

    public Actor Actor => (Scope, Member) switch
    {
        (_, { } member) => new(ActorKind.Member, member.Member, member.Name),
        (CallerScope.Admin, _) => new(ActorKind.Admin, "admin"),
        _ => new(ActorKind.Key, Credential[(Credential.IndexOf(':', StringComparison.Ordinal) + 1)..]),
    };

    public IReadOnlyCollection<Permission> Permissions => (Scope, Member) switch
    {
        (CallerScope.Secret, _) => Enum.GetValues<Permission>(),
        (CallerScope.Agent, _) => RoleTable.AgentKey,
        (_, { } member) => RoleTable.Of(member.Role),
        _ => [],
    };

    /// <summary>Binds the parameter of an endpoint; every such endpoint has a policy, so the user is a caller.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult((Caller)context.User);
}
