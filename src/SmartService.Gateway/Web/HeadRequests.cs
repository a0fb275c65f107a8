using Microsoft.AspNetCore.Http.Features;
using SmartService.Gateway.Push;

namespace SmartService.Gateway.Web;

/// <summary>
/// Answers HEAD wherever GET is answered, with the same status and headers and no body (RFC 9110, section 9.3.2): probes
/// and load balancers ask that way. Routes stay written for GET alone. A stream has no end to know the headers of; there
/// HEAD stays 405.
/// </summary>
internal static class HeadRequests
{
    private static readonly object Asked = new();

    /// <summary>Before routing: from here on the request is a GET whose body goes nowhere.</summary>
    public static Task AsGet(HttpContext context, RequestDelegate next) => HttpMethods.IsHead(context.Request.Method) ? AnswerAsGetAsync(context, next) : next(context);

    private static async Task AnswerAsGetAsync(HttpContext context, RequestDelegate next)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new NoBody(body));
        context.Items[Asked] = true;
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
            context.Features.Set(body);
        }
    }

    /// <summary>After routing.</summary>
    public static Task RefuseStreams(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || !context.Items.ContainsKey(Asked) || context.GetEndpoint()?.Metadata.GetMetadata<StreamMetadata>() is null)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = HttpMethods.Get;
        return Task.CompletedTask;
    }

    /// <summary>Takes a body and drops it; what begins the answer still reaches the server.</summary>
    private sealed class NoBody(IHttpResponseBodyFeature server) : StreamResponseBodyFeature(Stream.Null)
    {
        public override Task StartAsync(CancellationToken cancellationToken) => server.StartAsync(cancellationToken);

        public override Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
