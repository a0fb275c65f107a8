using Microsoft.Extensions.Primitives;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Access;

/// <summary>Marks a route that anyone may call before signing in.</summary>
internal sealed class OpenRoute;

/// <summary>
/// A cookie is sent by the browser, not by the page; so calls with one must show that a page of this server makes them (OWASP,
/// "Cross-Site Request Forgery Prevention"): where the browser says from where, it must be here, and what changes something needs a header
/// that a foreign page cannot send: no preflight permits it. Signing in needs it too, or a foreign page could sign a person in as somebody else.
/// </summary>
internal static class OwnPages
{
    public const string Header = "X-Console";

    /// <summary>After authentication.</summary>
    public static Task Require(HttpContext context, RequestDelegate next)
    {
        var isMember = context.User is Caller { Scope: CallerScope.Member };
        var isOpen = context.GetEndpoint()?.Metadata.GetMetadata<OpenRoute>() is not null;
        if (!isMember && !isOpen)
        {
            return next(context);
        }

        var changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        return IsFromHere(context) && (!(changes || isOpen) || context.Request.Headers[Header] == "1")
            ? next(context)
            : Problems.Csrf.ExecuteAsync(context);
    }

    private static bool IsFromHere(HttpContext context)
    {
        var headers = context.Request.Headers;
        return (StringValues.IsNullOrEmpty(headers.Origin) || Origins.IsOwn(context, headers.Origin.ToString()))
            && headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }
}
