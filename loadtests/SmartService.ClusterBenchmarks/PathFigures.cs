using SmartService.Benchmarks.Product;
using SmartService.Host.Cluster.Local;

namespace SmartService.Benchmarks.Cluster;

/// <summary>Messages through the whole path, from HTTP to the answer, with one silo and with more, beside the same product in one process.</summary>
internal static class PathFigures
{
    private const int Gateways = 2;

    /// <summary>Of the processor time of a round.</summary>
    private const double MostCompiling = 0.03;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMinutes(5);

    public static async IAsyncEnumerable<Figure> MeasureAsync(string folder, int basePort, int[] silos, TimeSpan time, int connections)
    {
        foreach (var figure in await MeasureEmbeddedAsync(Path.Combine(folder, "embedded"), time, connections))
        {
            yield return figure;
        }

        foreach (var count in silos)
        {
            foreach (var figure in await MeasureClusterAsync(Path.Combine(folder, $"silos-{count}"), basePort, count, time, connections))
            {
                yield return figure;
            }
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureEmbeddedAsync(string data, TimeSpan time, int connections)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        using var product = new ProductProcess(data);
        product.Start();
        await product.WaitUntilReadyAsync(http);
        var load = await ShopperLoad.OpenAsync(product.Address, product.AdminKey, http);
        return await MeasureAsync("embedded engine, one process", load, product.Port, time, connections, () => [product.Id], () => new() { ["the process"] = product.CpuSeconds });
    }

    private static async Task<IReadOnlyList<Figure>> MeasureClusterAsync(string folder, int basePort, int silos, TimeSpan time, int connections)
    {
        var settings = new Dictionary<string, string>
        {
            ["SmartService:Peak:Enabled"] = "false", // With all processors busy the ladder of a peak would let the model rest.
            ["SmartService:Cluster:SilentFor"] = "00:01:00", // And a silo short of the processor is none that hangs.
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var limit in new[] { "Address", "Sessions", "Key", "Shopper", "Refused" })
        {
            settings[$"SmartService:Limits:{limit}PerSecond"] = "0"; // The path is measured, not the brake.
        }

        var plan = new LocalPlan(folder, silos, Gateways, basePort + 99, basePort, Demo: false, settings);
        var cluster = new LocalCluster(plan, TextWriter.Null, Executable());
        try
        {
            await cluster.UpAsync(CancellationToken.None);
            using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
            var key = (await File.ReadAllTextAsync(Path.Combine(plan.Keys, "admin.key"))).Trim();
            var load = await ShopperLoad.OpenAsync(new(plan.Address), key, http);
            return await MeasureAsync($"cluster, silos: {silos}, gateways: {Gateways}", load, plan.Port, time, connections, () => cluster.Gateways.Concat(cluster.Silos).Select(p => p.Id), () => new()
            {
                ["gateways"] = cluster.Gateways.Sum(g => Cpu.SecondsOf(g.Id)), ["silos"] = cluster.Silos.Sum(s => Cpu.SecondsOf(s.Id)),
                ["PostgreSQL"] = Cpu.SecondsOfFamily(cluster.Stores.DatabaseId), ["Redis"] = Cpu.SecondsOf(cluster.Stores.Redis.Id),
                ["HAProxy"] = Cpu.SecondsOfFamily(cluster.Stores.Front.Id),
            });
        }
        finally
        {
            await cluster.DownAsync();
        }
    }

    /// <summary>Rounds of load until the compilers of all processes take next to nothing of one: until then a good part of the processor is theirs.</summary>
    private static async Task<IReadOnlyList<Figure>> MeasureAsync(
        string what, ShopperLoad load, int port, TimeSpan time, int connections, Func<IEnumerable<int?>> processes, Func<Dictionary<string, double>> cpu)
    {
        var warm = System.Diagnostics.Stopwatch.StartNew();
        for (var (round, settled) = (0, false); !settled && warm.Elapsed < LongestWarmUp; round++)
        {
            var (spent, compiled) = (cpu().Values.Sum(), Cpu.CompilingOf(processes()));
            await HttpLoad.RunAsync(port, connections, Round, c => load.Messages(c, $"w{round}"));
            var compiling = Cpu.CompilingOf(processes()).Sum(thread => thread.Value - compiled.GetValueOrDefault(thread.Key));
            settled = compiling < MostCompiling * (cpu().Values.Sum() - spent);
        }

        var warmed = warm.Elapsed.TotalSeconds;
        var before = cpu();
        var result = await HttpLoad.RunAsync(port, connections, time, c => load.Messages(c, "m"));
        var cost = new LoadCost(result.Answered, result.Seconds, result.Percentile(0.99) / 1000, cpu().ToDictionary(c => c.Key, c => c.Value - before[c.Key]));
        return [.. cost.Figures($"{what}: messages through the whole path", "messages"), new("  refused", result.Refused, "requests"), new("  warm-up until the compilers rested", warmed, "s")];
    }

    /// <summary>Beside this program in the build's output.</summary>
    private static string Executable()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "SmartService.Host.Cluster", configuration, "SmartService.Host.Cluster.dll"));
    }
}
