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
        options.AddPolicy(Member, p => p.RequireAuthenticatedUser().RequireAssertion(c =>
            c.User is Caller { Scope: CallerScope.Member } caller && MayAsMember(caller, c.Resource as HttpContext)));
        options.AddPolicy(Anyone, p => p.RequireAssertion(_ => true));
    }

    private static void Add(AuthorizationOptions options, string policy, params CallerScope[] scopes) =>
        options.AddPolicy(policy, p => p
            .RequireAuthenticatedUser()
            .RequireAssertion(c => c.User is Caller caller && scopes.Contains(caller.Scope) && IsPermitted(caller, c.Resource as HttpContext)));

    /// <summary>What concerns the person needs no permission; what concerns the store does, where the route says so.</summary>
    private static bool MayAsMember(Caller caller, HttpContext? context) =>
        context?.GetEndpoint()?.Metadata.GetMetadata<Needs>() is not { } needs || caller.Permissions.Contains(needs.Permission);

    /// <summary>Keys act within their scope; agent keys and members within what the route says it needs. A route that says nothing is closed to members.</summary>
    private static bool IsPermitted(Caller caller, HttpContext? context)
    {
        var needs = context?.GetEndpoint()?.Metadata.GetMetadata<Needs>();
        return caller.Scope switch
        {
            CallerScope.Member => needs is not null && caller.Permissions.Contains(needs.Permission),
            CallerScope.Agent => needs is null || caller.Permissions.Contains(needs.Permission),
            _ => true,
        };
    }
}
