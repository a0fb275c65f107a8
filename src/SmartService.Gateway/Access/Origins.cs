using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SmartService.Domain.Tenants;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Access;

/// <summary>
/// Which web pages may call. A preflight carries no credential, so it cannot be told whose store it asks for: it is
/// answered for any origin, without Allow-Credentials, which permits nothing but sending the real request. The real
/// request carries the credential, and with it the tenant: from an origin the tenant does not list it is refused with 403
/// before anything happens, and gets no Allow-Origin. Pages served by this host itself (demo, console) are of the same
/// origin and pass. Requests without an Origin header come from servers, not from pages.
/// </summary>
internal static class Origins
{
    private const string Methods = "GET, POST, PUT, DELETE";
    private const string Headers = "Authorization, Content-Type, Last-Event-ID";

    /// <summary>Before authentication: answers preflights, and lets refusals without a tenant be read by the page that caused them.</summary>
    public static Task Preflight(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin;
        if (StringValues.IsNullOrEmpty(origin) || !context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
        {
            return next(context);
        }

        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = "Retry-After";
        if (!HttpMethods.IsOptions(context.Request.Method) || StringValues.IsNullOrEmpty(context.Request.Headers.AccessControlRequestMethod))
        {
            return next(context);
        }

        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = Headers;
        headers.AccessControlMaxAge = "7200";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>After authentication: the tenant decides.</summary>
    public static Task Enforce(HttpContext context, RequestDelegate next, TenantDirectory directory)
    {
        string? origin = context.Request.Headers.Origin;
        return string.IsNullOrEmpty(origin) || context.User is not Caller caller || IsOwn(context, origin)
            ? next(context)
            : caller.Scope is CallerScope.Admin or CallerScope.Member ? RefuseAsync(context, origin)
            : Enforce(context, next, directory.ReadAsync(caller.Tenant, context.RequestAborted), origin);
    }

    private static Task Enforce(HttpContext context, RequestDelegate next, ValueTask<TenantState> state, string origin) => state.IsCompletedSuccessfully
        ? Enforce(context, next, state.Result, origin)
        : EnforceAsync(context, next, state.AsTask(), origin);

    private static async Task EnforceAsync(HttpContext context, RequestDelegate next, Task<TenantState> state, string origin) =>
        await Enforce(context, next, await state, origin);

    private static Task Enforce(HttpContext context, RequestDelegate next, TenantState state, string origin) =>
        Allows(state, origin) ? next(context) : RefuseAsync(context, origin);

    private static async Task RefuseAsync(HttpContext context, string origin)
    {
        context.Response.Headers.Remove(HeaderNames.AccessControlAllowOrigin);
        await Problems.OriginNotAllowed(origin.Length > 100 ? origin[..100] : origin).ExecuteAsync(context);
    }

    private static bool Allows(TenantState state, string origin) =>
        state.Origins.Any(o => string.Equals(o.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase));

    public static bool IsOwn(HttpContext context, string origin) =>
        string.Equals(origin, $"{context.Request.Scheme}://{context.Request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
