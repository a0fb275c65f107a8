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
        if (context.GetEndpoint()?.Metadata is not { } route || route.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(context);
        }

        var caller = context.User as Caller;
        var needed = route.GetOrderedMetadata<IAuthorizeData>();
        for (var i = 0; i < needed.Count; i++)
        {
            if (!Policies.Permit(needed[i].Policy, caller, context))
            {
                return caller is null ? ChallengeAsync(context) : Problems.Forbidden.ExecuteAsync(context);
            }
        }

        return next(context);
    }

    private static Task ChallengeAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthorized.ExecuteAsync(context);
    }
}
