using Microsoft.AspNetCore.Authorization;

namespace SmartService.Gateway.Access;

/// <summary>Who may call a group of routes. Where members may too, the route's <see cref="Needs"/> decides.</summary>
internal static class Policies
{
    public const string Admin = "admin key";
    public const string Secret = "secret key";
    public const string Staff = "secret or agent key";
    public const string Publishable = "publishable key";
    public const string Shopper = "shopper token";

    /// <summary>A signed-in member and nobody else: what concerns the person.</summary>
    public const string Member = "member's session";

    /// <summary>Before anyone is signed in; few routes, all in one place.</summary>
    public const string Anyone = "nobody in particular";

    public static void AddTo(AuthorizationOptions options)
    {
        Add(options, Admin, CallerScope.Admin);
        Add(options, Secret, CallerScope.Secret, CallerScope.Member);
        Add(options, Staff, CallerScope.Secret, CallerScope.Agent, CallerScope.Member);
        Add(options, Publishable, CallerScope.Publishable);
        Add(options, Shopper, CallerScope.Shopper);
        Add(options, Member, (caller, context) => caller is { Scope: CallerScope.Member } && MayAsMember(caller, context));
        Add(options, Anyone, (_, _) => true);
    }

    private static void Add(AuthorizationOptions options, string policy, params CallerScope[] scopes) =>
        Add(options, policy, (caller, context) => caller is not null && Array.IndexOf(scopes, caller.Scope) >= 0 && IsPermitted(caller, context));

    private static void Add(AuthorizationOptions options, string policy, Func<Caller?, HttpContext, bool> isMet) =>
        options.AddPolicy(policy, p => p.AddRequirements(new CallerRequirement(isMet)));

    /// <summary>What concerns the person needs no permission; what concerns the store does, where the route says so.</summary>
    private static bool MayAsMember(Caller caller, HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<Needs>() is not { } needs || caller.Permissions.Contains(needs.Permission);

    /// <summary>Keys act within their scope; agent keys and members within what the route says it needs. A route that says nothing is closed to members.</summary>
    private static bool IsPermitted(Caller caller, HttpContext context) => caller.Scope switch
    {
        CallerScope.Member => context.GetEndpoint()?.Metadata.GetMetadata<Needs>() is { } needs && caller.Permissions.Contains(needs.Permission),
        CallerScope.Agent => context.GetEndpoint()?.Metadata.GetMetadata<Needs>() is not { } needs || caller.Permissions.Contains(needs.Permission),
        _ => true,
    };
}
