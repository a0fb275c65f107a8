using SmartService.Gateway.Operations;

namespace SmartService.Host.Cluster.Commands;

/// <summary>What is worth watching of the libraries under the cluster engine. Only what they count anyway: nothing that costs time with every call.</summary>
internal static class ClusterFigures
{
    public static void AddClusterFigures(this IServiceCollection services)
    {
        services.AddSingleton(new ForeignFigures(
            "Microsoft.Orleans",
            [
                "orleans-catalog-activations", "orleans-client-connected-gateways", "orleans-gateway-connected-clients",
                "orleans-messaging-rejected", "orleans-messaging-expired", "orleans-scheduler-long-running-turns", "orleans-watchdog-health-checks-failed",
            ]));
        services.AddSingleton(new ForeignFigures(
            "Npgsql",
            ["db.client.connection.count", "db.client.connection.max", "db.client.connection.npgsql.pending_requests", "db.client.connection.npgsql.timeouts"]));
    }
}
