using System.Collections.Frozen;

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

    private static readonly FrozenDictionary<string, Func<Caller?, HttpContext, bool>> All = new Dictionary<string, Func<Caller?, HttpContext, bool>>(StringComparer.Ordinal)
    {
        [Admin] = For(CallerScope.Admin),
        [Secret] = For(CallerScope.Secret, CallerScope.Member),
        [Staff] = For(CallerScope.Secret, CallerScope.Agent, CallerScope.Member),
        [Publishable] = For(CallerScope.Publishable),
        [Shopper] = For(CallerScope.Shopper),
        [Member] = (caller, context) => caller is { Scope: CallerScope.Member } && MayAsMember(caller, context),
        [Anyone] = (_, _) => true,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="policy">One of those above. Any other permits nobody, and so does none.</param>
    /// <param name="caller">Null for somebody unknown.</param>
    public static bool Permit(string? policy, Caller? caller, HttpContext context) =>
        policy is not null && All.TryGetValue(policy, out var isMet) && isMet(caller, context);

    private static Func<Caller?, HttpContext, bool> For(params CallerScope[] scopes) =>
        (caller, context) => caller is not null && Array.IndexOf(scopes, caller.Scope) >= 0 && IsPermitted(caller, context);

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
