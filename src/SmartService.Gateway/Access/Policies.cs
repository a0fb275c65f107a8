using Microsoft.AspNetCore.Authorization;

namespace SmartService.Gateway.Access;

/// <summary>Who may call a group of routes.</summary>
internal static class Policies
{
    public const string Admin = "admin key";
    public const string Secret = "secret key";
    public const string Staff = "secret or agent key";
    public const string Publishable = "publishable key";
    public const string Shopper = "shopper token";

    public static void AddTo(AuthorizationOptions options)
    {
        Add(options, Admin, CallerScope.Admin);
        Add(options, Secret, CallerScope.Secret);
        Add(options, Staff, CallerScope.Secret, CallerScope.Agent);
        Add(options, Publishable, CallerScope.Publishable);
        Add(options, Shopper, CallerScope.Shopper);
    }

    private static void Add(AuthorizationOptions options, string policy, params CallerScope[] scopes) =>
        options.AddPolicy(policy, p => p
            .RequireAuthenticatedUser()
            .RequireAssertion(c => c.User is Caller caller && scopes.Contains(caller.Scope)));
}
