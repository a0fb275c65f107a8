using SmartService.Backoffice.Members;

namespace SmartService.Gateway.Access;

/// <summary>
/// Finds out who calls: every kind of credential by its prefix, and members by their cookie. In the place of ASP.NET Core's authentication,
/// which makes a handler, a ticket and three tasks for each request: that was a sixth of all that a message left for the collector.
/// </summary>
internal sealed class CallerMiddleware(RequestDelegate next, Credentials credentials)
{
    private const string Bearer = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count != 1 || !header[0]!.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return header.Count == 0 ? WithoutHeaderAsync(context) : next(context);
        }

        var found = credentials.RecogniseAsync(header[0].AsMemory(Bearer.Length).Trim(), context.RequestAborted);
        return found.IsCompletedSuccessfully ? GoAsync(context, found.Result) : LaterAsync(context, found);
    }

    private Task GoAsync(HttpContext context, Caller? caller)
    {
        if (caller is not null)
        {
            context.User = caller;
        }

        return next(context);
    }

    private async Task LaterAsync(HttpContext context, ValueTask<Caller?> found) => await GoAsync(context, await found);

    /// <summary>A beacon has its token in the body. A cookie counts only where no other credential was sent: a key is said on purpose, a cookie comes along by itself.</summary>
    private async Task WithoutHeaderAsync(HttpContext context) => await GoAsync(
        context, await Beacons.TokenAsync(context) is { } token ? await credentials.RecogniseAsync(token.AsMemory(), context.RequestAborted) : await MemberAsync(context));

    private static async ValueTask<Caller?> MemberAsync(HttpContext context)
    {
        if (SessionCookie.Read(context) is not { } cookie)
        {
            return null;
        }

        var sessions = context.RequestServices.GetRequiredService<Sessions>();
        return await sessions.FindAsync(cookie, context.RequestAborted) is { } member ? new Caller(member) : null;
    }
}
