using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Limits;

/// <summary>
/// Refuses a request that says its length twice, and ends the connection. A proxy that believed the length and a server that believes the
/// chunks would cut it in two different places, and what one of them takes for a body the other takes for somebody's next request.
/// </summary>
/// <remarks>RFC 9112, section 6.1: a server may reject a message with both, and should close the connection.</remarks>
internal static class Framing
{
    /// <summary>Kestrel moves a length beside chunks here.</summary>
    private const string MovedLength = "X-Content-Length";

    public static Task Refuse(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        if (headers.TransferEncoding.Count == 0 || (headers.ContentLength is null && !headers.ContainsKey(MovedLength)))
        {
            return next(context);
        }

        context.Response.Headers.Connection = "close";
        return Problems.Invalid("Send Content-Length or Transfer-Encoding, not both.").ExecuteAsync(context);
    }
}
