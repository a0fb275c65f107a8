using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SmartService.Engine;
using SmartService.Engine.Embedded;
using SmartService.Faults.World;

namespace SmartService.Faults.Drills;

/// <summary>kill -9 of a process that writes with all its threads, at a random moment, again and again over the same data.</summary>
internal sealed class KillDrill : FaultDrill
{
    /// <summary>First argument of the process that is killed.</summary>
    public const string ChildVerb = "fault-kill-child";

    private const int Entities = 50;
    private readonly Dictionary<(int Entity, long Version), string> _acknowledged = [];
    private string _folder = NewFolder();
    private int _counted;

    public override string Name => "kill";

    public override string Question => "Is everything acknowledged there after kill -9 at random moments under load, once and in order?";

    public override int Seeds => 20;

    public override int LongSeeds => 1_000;

    /// <summary>One data folder lives through all of them.</summary>
    protected override bool SideBySide => false;

    /// <summary>The killed process: writes with many entities, and prints "entity version id" for every acknowledgement.</summary>
    public static async Task ChildAsync(string folder, string run)
    {
        await using var provider = Open(folder);
        var spikes = provider.GetRequiredService<IEntities<SlipState, SlipCommand, SlipEvent, SlipRefusal>>();
        var output = Console.Out;
        await output.WriteLineAsync("ready");
        await Task.WhenAll(Enumerable.Range(0, Entities).Select(entity => Task.Run(async () =>
        {
            for (var i = 0; ; i += 2)
            {
                // Two at once, so that the second is decided before the first is on disk.
                var (first, second) = (PutAsync(entity, $"{run}-{i}"), PutAsync(entity, $"{run}-{i + 1}"));
                await first;
                await second;
            }
        })));

        async Task PutAsync(int entity, string id)
        {
            var reply = await spikes.HandleAsync(Slips.Key($"e{entity}"), new SlipCommand.Put([id]), CancellationToken.None);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{entity} {reply.Version} {id}"));
        }
    }

    protected override void Ended()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        (_counted, _folder) = (0, NewFolder());
        _acknowledged.Clear();
    }

    protected override async Task PlayAsync(int seed, Action<string, double> count)
    {
#pragma warning disable CA5394 // A seed is to be played again, not to be kept secret.
        var killAfter = new Random(seed).Next(1, 4_000);
#pragma warning restore CA5394
        foreach (var (entity, version, id) in await WriteUntilKilledAsync($"k{seed}", killAfter))
        {
            Expectation.Require(_acknowledged.TryAdd((entity, version), id), $"place {version} of entity {entity} was acknowledged twice");
        }

        var clock = Stopwatch.StartNew();
        await using var provider = Open(_folder);
        var spikes = provider.GetRequiredService<IEntities<SlipState, SlipCommand, SlipEvent, SlipRefusal>>();
        count("openSeconds", clock.Elapsed.TotalSeconds);
        var states = new List<SlipState>();
        for (var entity = 0; entity < Entities; entity++)
        {
            states.Add(await spikes.ReadAsync(Slips.Key($"e{entity}"), CancellationToken.None)); // Replaying checks the order.
            Expectation.Require(states[entity].Ids.Distinct(StringComparer.Ordinal).Count() == states[entity].Ids.Count, $"entity {entity} holds a slip twice");
        }

        foreach (var ((entity, version), id) in _acknowledged)
        {
            var ids = states[entity].Ids;
            Expectation.Require(ids.Count >= version && ids[(int)version - 1] == id, $"{id} was acknowledged as place {version} of entity {entity} and is not there");
        }

        count("acknowledged", _acknowledged.Count - _counted);
        _counted = _acknowledged.Count;
    }

    /// <summary>On a real disk.</summary>
    private static string NewFolder() => Path.Combine(Path.GetTempPath(), $"smartservice-kill-{Guid.NewGuid():N}");

    private static ServiceProvider Open(string folder)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddEmbeddedEngine(o =>
        {
            o.DataDirectory = folder;
            o.CheckpointPages = 64;
            o.SnapshotEvery = 20;
            o.IdleTime = TimeSpan.FromSeconds(1); // Entities leave memory and come back under load.
        });
        services.AddStoredEvents(Slips.Events);
        services.AddEmbeddedEntities<SlipDecider, SlipState, SlipCommand, SlipEvent, SlipRefusal>(Slips.Region);
        return services.BuildServiceProvider();
    }

    private async Task<List<(int Entity, long Version, string Id)>> WriteUntilKilledAsync(string run, int killAfter)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "SmartService.Drill.dll"), ChildVerb, _folder, run },
            RedirectStandardOutput = true,
        })!;
        var lines = new List<(int, long, string)>();
        Expectation.Require(await process.StandardOutput.ReadLineAsync() == "ready", "the process did not start");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may be torn: it says nothing then.
            if (line.Split(' ') is [var entity, var version, var id] && id.StartsWith(run + "-", StringComparison.Ordinal))
            {
                lines.Add((int.Parse(entity, CultureInfo.InvariantCulture), long.Parse(version, CultureInfo.InvariantCulture), id));
            }

            if (lines.Count == killAfter)
            {
                process.Kill(); // SIGKILL. What it printed before is still read.
            }
        }

        await process.WaitForExitAsync();
        return lines;
    }
}
