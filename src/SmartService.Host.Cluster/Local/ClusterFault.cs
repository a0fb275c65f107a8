using SmartService.Host.Commands;

namespace SmartService.Host.Cluster.Local;

/// <summary>Something that goes wrong in a cluster. Completes when it is over and all that should run does again.</summary>
internal sealed record ClusterFault(string Name, string Says, Func<LocalCluster, CancellationToken, Task> DoAsync)
{
    private static readonly TimeSpan PausedFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AwayFor = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<ClusterFault> All { get; } =
    [
        new("silo-killed", "a silo is killed", async (cluster, ct) =>
        {
            cluster.Silos[0].Signal("KILL");
            await Task.Delay(AwayFor, ct);
            await cluster.StartSiloAsync(1);
            await cluster.SiloReadyAsync(1, ct);
        }),
        new("silo-paused", "a silo is stopped for 30 s and goes on", async (cluster, ct) =>
        {
            cluster.Silos[1 % cluster.Silos.Count].Signal("STOP");
            await Task.Delay(PausedFor, ct);
            cluster.Silos[1 % cluster.Silos.Count].Signal("CONT");
            await Task.Delay(AwayFor, ct);

            // Declared dead meanwhile, it ends when it learns so; who looks after it starts it again.
            await cluster.StartSiloAsync(1 + (1 % cluster.Silos.Count));
            await cluster.SiloReadyAsync(1 + (1 % cluster.Silos.Count), ct);
        }),
        new("gateway-killed", "a gateway is killed", async (cluster, ct) =>
        {
            cluster.Gateways[0].Signal("KILL");
            await Task.Delay(AwayFor, ct);
            await cluster.StartGatewayAsync(1);
            await cluster.GatewayReadyAsync(1, ct);
        }),
        new("postgres-restarted", "PostgreSQL is restarted", async (cluster, _) =>
        {
            await cluster.Stores.StopDatabaseAsync();
            await cluster.Stores.StartDatabaseAsync();
        }),
        new("redis-killed", "Redis is killed and comes back", async (cluster, ct) =>
        {
            cluster.Stores.Redis.Signal("KILL");
            await Task.Delay(AwayFor, ct);
            await cluster.Stores.StartRedisAsync();
        }),
        new("rolling-restart", "all silos are restarted, one after another", async (cluster, ct) =>
        {
            for (var i = 1; i <= cluster.Silos.Count; i++)
            {
                await cluster.Silos[i - 1].StopAsync(TimeSpan.FromSeconds(25));
                await cluster.StartSiloAsync(i);
                await cluster.SiloReadyAsync(i, ct);
                await Task.Delay(TimeSpan.FromSeconds(2), ct);
            }
        }),
    ];

    /// <exception cref="CommandException">There is no such fault.</exception>
    public static IReadOnlyList<ClusterFault> Named(string name) => name == "all" ? All
        : All.Where(f => f.Name == name).ToList() is { Count: 1 } found ? found
        : throw new CommandException($"There is no fault '{name}'. There are: all, {string.Join(", ", All.Select(f => f.Name))}.");
}
