using Microsoft.Extensions.Options;
using SmartService.Assistance;
using SmartService.Engine;
using SmartService.Engine.Following;
using SmartService.Engine.Understanding;

namespace SmartService.Gateway.Operations;

/// <summary>Whether the process lives, and whether it should be sent traffic.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Text("ok")).AllowAnonymous().WithTags("Operations").WithSummary("The process lives");
        routes.MapGet("/readyz", Ready).AllowAnonymous().WithTags("Operations").WithSummary("Ready for traffic; names what is not");
    }

    /// <summary>Says nothing of tenants or of what is stored: anybody may ask.</summary>
    internal static IResult Ready(IServiceProvider services, IOptions<GatewayOptions> options, IHostApplicationLifetime lifetime)
    {
        var checks = new List<ReadinessCheck>
        {
            Check("host", !lifetime.ApplicationStopping.IsCancellationRequested, "stopping"),
            Journal(services),
            Check("model", services.GetService<IUnderstanding>()?.ModelName is { Length: > 0 }, "no intent model"),
        };
        foreach (var follower in services.GetService<FollowerRunner>()?.Statuses ?? [])
        {
            var behind = follower.Lag > options.Value.MaxLagEvents;
            checks.Add(Check($"follower {follower.Name}", follower.Fault is null && !behind, follower.Fault is null ? $"{follower.Lag} events behind" : "failing; see the log"));
        }

        // Not ready would be wrong: the shipped model answers for them. Silent would be too.
        var refused = services.GetService<ILearning>()?.RefusedModels ?? 0;
        checks.Add(new("tenant models", true, refused == 0 ? null : $"degraded: {refused} cannot be used, the shipped model answers for them; see the log"));
        var ready = checks.TrueForAll(c => c.Ready);
        return TypedResults.Json(new ReadinessView(ready, checks), GatewayJson.Default.ReadinessView, statusCode: ready ? 200 : 503);
    }

    /// <summary>What the system said of the disk is in the log: it may name paths.</summary>
    private static ReadinessCheck Journal(IServiceProvider services) =>
        services.GetService<IJournalReader>() is null ? Check("journal", false, "no engine")
        : Check("journal", services.GetService<IJournalHealth>()?.Fault is null, "cannot be written; reads go on, it is tried again by itself; see the log");

    private static ReadinessCheck Check(string name, bool ready, string detail) => new(name, ready, ready ? null : detail);
}
