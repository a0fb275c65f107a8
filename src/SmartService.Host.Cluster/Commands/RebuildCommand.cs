using System.CommandLine;
using SmartService.Engine.Cluster;
using SmartService.ReadModels;
using SmartService.ReadModels.Postgres;

namespace SmartService.Host.Cluster.Commands;

/// <summary><c>rebuild</c>: the read models that all gateways share, anew from the journal.</summary>
internal static class RebuildCommand
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    public static Command Build()
    {
        var database = new Option<string?>("--database") { Description = "Connection string. Default SmartService:Cluster:Database", HelpName = "TEXT" };
        var command = new Command("rebuild", "Builds the read models anew from the journal, also while the cluster runs: lists fill up again as it goes on.") { database };
        command.SetAction((parsed, ct) => NodeCommands.GuardAsync(async () =>
        {
            var options = NodeCommands.Configured(ClusterRole.Gateway);
            options.Database = parsed.GetValue(database) ?? options.Database;
            await RebuildAsync(options, Console.Out, Console.Error, ct);
            return 0;
        }));
        return command;
    }

    internal static async Task RebuildAsync(ClusterOptions options, TextWriter output, TextWriter progress, CancellationToken ct)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddClusterJournalReader(options)
            .AddPostgresReadModels(o => (o.Database, o.MostConnections) = (options.Database, 4))
            .BuildServiceProvider();
        await ClusterJournalServices.FindHeadAsync(services, ct);
        var last = 0L;
        var rebuild = services.GetRequiredService<ReadModelRebuild>().RunAsync(new Progress<ReadModelProgress>(p => Interlocked.Exchange(ref last, p.Position)), ct).AsTask();
        while (await Task.WhenAny(rebuild, Task.Delay(TellEvery, ct)) != rebuild)
        {
            await progress.WriteLineAsync($"  … {Interlocked.Read(ref last):N0} events");
        }

        await output.WriteLineAsync($"Rebuilt from {await rebuild:N0} events.");
    }
}
