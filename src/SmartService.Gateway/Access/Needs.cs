using SmartService.Backoffice.Access;

namespace SmartService.Gateway.Access;

/// <summary>What a route needs of who acts for a store; metadata of the route. Without it no member may call.</summary>
internal sealed record Needs(Permission Permission);

internal static class NeedsExtensions
{
    public static TBuilder Needs<TBuilder>(this TBuilder route, Permission permission)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Needs(permission));
}
