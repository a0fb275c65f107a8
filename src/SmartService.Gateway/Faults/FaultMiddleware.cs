using System.Text.Json;
using SmartService.Engine;
using SmartService.Engine.Understanding;

namespace SmartService.Gateway.Faults;

/// <summary>
/// The outermost frame: whatever was thrown becomes a problem with a stable code, and only real faults a 5xx; a refusal without a word gets
/// its problem too (no route, no such method).
/// </summary>
internal sealed partial class FaultMiddleware(RequestDelegate next, ILogger<FaultMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBareRefusal(context.Response))
            {
                await Problems.ForStatus(context.Response.StatusCode).ExecuteAsync(context);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody reads an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var problem = ToProblem(e, context);
            if (problem.Status >= 500)
            {
                Broke(e, context.Request.Method, Route(context), problem.Code);
            }

            await problem.ExecuteAsync(context);
        }
    }

    private static bool IsBareRefusal(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400 and < 600, ContentLength: null } && string.IsNullOrEmpty(response.ContentType);

    private static Problem ToProblem(Exception e, HttpContext context) => e switch
    {
        ProblemException p => p.Problem,
        EngineBusyException busy => Problems.Busy(busy.RetryAfter),
        JournalException { OutcomeKnown: true } => Problems.Unavailable("Storing failed; nothing was done. Send the same request again."),
        JournalException => Problems.Unavailable("Whether it was stored is unknown. Send the same request again with the same ids."),
        EntityQuarantinedException quarantined => Problems.Quarantined(quarantined.RetryAfter),
        UnderstandingException => Problems.Unavailable("The intent model failed."),
        JsonException json => JsonFaults.ToProblem(json),
        BadHttpRequestException { StatusCode: 413 } => Problems.TooLarge(context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0),
        BadHttpRequestException { InnerException: JsonException json } => JsonFaults.ToProblem(json),
        BadHttpRequestException bad => BadRequest(bad),
        IOException { InnerException: OverflowException } => Problems.Invalid("The size of a chunk is no number that can be."), // As Kestrel says it.
        OperationCanceledException => Problems.Unavailable("The server is stopping."),
        _ => Problems.Unexpected,
    };

    private static Problem BadRequest(BadHttpRequestException bad) =>
        bad.StatusCode is 400 ? Problems.Invalid(bad.Message) : Problems.ForStatus(bad.StatusCode);

    /// <summary>The route's pattern: paths hold customers' ids, which do not belong in logs.</summary>
    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";

    [LoggerMessage(2001, LogLevel.Error, "{Method} {Route} ended as {Code}")]
    private partial void Broke(Exception e, string method, string route, string code);
}
