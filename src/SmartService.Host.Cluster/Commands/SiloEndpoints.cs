using Microsoft.AspNetCore.Http.HttpResults;
using SmartService.Engine;
using SmartService.Gateway.Operations;

namespace SmartService.Host.Cluster.Commands;

/// <summary>What a silo tells whoever looks after it: whether it lives, whether it may be sent entities, and its figures. No shopper comes here.</summary>
internal static class SiloEndpoints
{
    public static void MapSilo(this WebApplication app)
    {
        app.MapGet("/healthz", () => TypedResults.Text("ok"));
        app.MapGet("/readyz", Ready);
        app.MapFigures();
    }

    /// <summary>It listens only once the silo has joined the others, so an answer says that, too.</summary>
    private static ContentHttpResult Ready(IServiceProvider services, IHostApplicationLifetime lifetime) =>
        lifetime.ApplicationStopping.IsCancellationRequested ? TypedResults.Text("stopping", statusCode: 503)
        : services.GetService<IJournalHealth>()?.Fault is not null ? TypedResults.Text("the journal cannot be written; it is tried again by itself; see the log", statusCode: 503)
        : TypedResults.Text("ready");
}
