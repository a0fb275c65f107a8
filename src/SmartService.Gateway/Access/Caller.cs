using System.Security.Claims;
using SmartService.Domain;

namespace SmartService.Gateway.Access;

/// <summary>What a credential may do.</summary>
internal enum CallerScope
{
    Admin, Secret, Agent, Publishable, Shopper,
}

/// <summary>Who calls. Tenant and customer come from the credential and from nowhere else.</summary>
internal sealed class Caller(CallerScope scope, TenantId tenant, CustomerId customer, string credential, DateTimeOffset? expiresAt, bool identified)
    : ClaimsPrincipal(new ClaimsIdentity("credential"))
{
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

    /// <summary>Binds the parameter of an endpoint; every such endpoint has a policy, so the user is a caller.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult((Caller)context.User);
}
