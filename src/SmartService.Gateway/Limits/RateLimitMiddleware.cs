using SmartService.Gateway.Access;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Limits;

/// <summary>Applies the limits of the address before, and of the credential after authentication.</summary>
internal sealed class RateLimitMiddleware(RateLimits limits)
{
    public Task ForAddress(HttpContext context, RequestDelegate next) =>
        IsApi(context) && limits.ForAddress(context) is { } problem
            ? problem.ExecuteAsync(context)
            : next(context);

    public Task ForCaller(HttpContext context, RequestDelegate next)
    {
        if (!IsApi(context))
        {
            return next(context);
        }

        var problem = context.User is Caller caller
            ? limits.ForCaller(caller)
            : HasCredential(context) ? limits.ForRefused(context) : null;
        return problem is null ? next(context) : problem.ExecuteAsync(context);
    }

    private static bool HasCredential(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 || context.Features.Get<BeaconBody>() is not null;

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal);
}
