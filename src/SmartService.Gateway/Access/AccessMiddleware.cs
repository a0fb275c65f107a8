using Microsoft.AspNetCore.Authorization;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Access;

/// <summary>
/// Lets a caller through whom every policy of the route permits; after <see cref="CallerMiddleware"/>, which has found out who calls. In the
/// place of ASP.NET Core's authentication and authorization: for each request those made a handler, two tickets and features for them, and a
/// state machine each, to answer a question that is a look into a table.
/// </summary>
internal static class AccessMiddleware
{
    public static Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not RouteEndpoint { Metadata: var route } || route.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(context); // What is no route of ours, as routing's own answer to another method, gives nothing away.
        }

        var caller = context.User as Caller;
        var needed = route.GetOrderedMetadata<IAuthorizeData>();
        var isPermitted = needed.Count > 0; // A route that names no policy is closed.
        for (var i = 0; isPermitted && i < needed.Count; i++)
        {
            isPermitted = Policies.Permit(needed[i].Policy, caller, context);
        }

        return isPermitted ? next(context) : caller is null ? ChallengeAsync(context) : Problems.Forbidden.ExecuteAsync(context);
    }

    private static Task ChallengeAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthorized.ExecuteAsync(context);
    }
}
