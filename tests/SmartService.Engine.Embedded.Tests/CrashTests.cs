using System.Diagnostics;
using System.Globalization;
using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>kill -9 under load, again and again over the same data: nothing acknowledged is lost or doubled, order is kept.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Entities = 50;
    private static readonly int Cycles = int.Parse(
        Environment.GetEnvironmentVariable("SMARTSERVICE_CRASH_CYCLES") ?? "20", CultureInfo.InvariantCulture);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_UnderLoad_LosesAndDoublesNothing()
    {
        var random = new Random(20_260_301);
        var acknowledged = new Dictionary<(int Entity, long Version), string>();
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            foreach (var (entity, version, id) in await WriteUntilKilledAsync(cycle, random.Next(1, 4_000)))
            {
                acknowledged.TryAdd((entity, version), id).ShouldBeTrue($"version {version} of entity {entity} was acknowledged twice");
            }

            await CheckAsync(acknowledged);
        }

        acknowledged.Count.ShouldBeGreaterThan(Cycles);
    }

    /// <summary>Runs the child, kills it after so many acknowledgements; returns all it acknowledged.</summary>
    private async Task<List<(int Entity, long Version, string Id)>> WriteUntilKilledAsync(int run, int killAfter)
    {
        var child = System.IO.Path.Combine(AppContext.BaseDirectory, "SmartService.Engine.Embedded.CrashChild.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { child, _folder.Path, $"{Entities}", $"r{run}" },
            RedirectStandardOutput = true,
        })!;
        (await process.StandardOutput.ReadLineAsync()).ShouldBe("ready");
        var lines = new List<(int, long, string)>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is [var entity, var version, var id] && id.Length > 0)
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

    private async Task CheckAsync(Dictionary<(int Entity, long Version), string> acknowledged)
    {
        await using var engine = await EmbeddedUnderTest.StartAsync(_folder.Path, new());
        var histories = new Dictionary<int, List<string>>();
        for (var entity = 0; entity < Entities; entity++)
        {
            // Replaying checks the order: each event holds how many came before it.
            var state = await engine.Ledgers.ReadAsync(Ledger.Key($"e{entity}"), CancellationToken.None);
            state.Counts.ShouldBe(Enumerable.Range(0, state.Counts.Length));
            state.Ids.ShouldBeUnique();
            histories[entity] = [.. state.Ids];
        }

        foreach (var ((entity, version), id) in acknowledged)
        {
            (histories[entity].Count >= version ? histories[entity][(int)version - 1] : "nothing")
                .ShouldBe(id, $"version {version} of entity {entity} was acknowledged");
        }
    }
}
