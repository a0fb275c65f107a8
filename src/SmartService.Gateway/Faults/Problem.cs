using System.Diagnostics;
using System.Globalization;
using SmartService.Gateway.Operations;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Faults;

/// <summary>One fault of a request.</summary>
/// <param name="Field">Path of the field ("visits[0].page"); empty when the whole line or body is meant.</param>
/// <param name="Line">Line of the file or body, from 1; null outside files.</param>
internal sealed record Fault(string Field, string Message, int? Line = null);

/// <summary>The body of an answer that says no: RFC 9457.</summary>
internal sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<Fault>? Errors, string? TraceId)
{
    /// <summary>Where the shopper stands in the line.</summary>
    public PeakView? Peak { get; init; }
}

/// <summary>An answer that says no: application/problem+json with a stable code.</summary>
internal sealed class Problem(int status, string code, string title, string detail) : IResult
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string Title { get; } = title;

    public string Detail { get; } = detail;

    public IReadOnlyList<Fault>? Errors { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public PeakView? Peak { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        httpContext.RequestServices.GetService<GatewayMeter>()?.CountProblem(Code, Status);
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var trace = Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier;
        var body = new ProblemBody($"urn:smartservice:problem:{Code}", Title, Status, Detail, Code, Errors, trace) { Peak = Peak };
        return response.WriteAsJsonAsync(body, GatewayJson.Default.ProblemBody, "application/problem+json", httpContext.RequestAborted);
    }
}

/// <summary>Ends a request with a problem from where returning one would be long-winded: reading bodies and credentials.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
