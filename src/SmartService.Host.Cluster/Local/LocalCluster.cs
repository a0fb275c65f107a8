using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using SmartService.Host.Cluster.Commands;
using SmartService.Host.Commands;

namespace SmartService.Host.Cluster.Local;

/// <summary>A cluster of processes on this machine, in the shape of a real one: for trying, for tests, for faults.</summary>
/// <param name="executable">SmartService.Host.Cluster.dll, when it is not beside this program.</param>
internal sealed class LocalCluster(LocalPlan plan, TextWriter output, string? executable = null)
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(25);

    public LocalPlan Plan => plan;

    public LocalStores Stores { get; } = new(plan);

    public IReadOnlyList<LocalProcess> Silos { get; } = [.. Enumerable.Range(1, plan.Silos).Select(i => new LocalProcess(plan.Folder, $"silo-{i}"))];

    public IReadOnlyList<LocalProcess> Gateways { get; } = [.. Enumerable.Range(1, plan.Gateways).Select(i => new LocalProcess(plan.Folder, $"gateway-{i}"))];

    private string Executable => executable ?? Path.Combine(AppContext.BaseDirectory, "SmartService.Host.Cluster.dll");

    /// <summary>Starts whatever does not run yet and waits until all of it is ready.</summary>
    public async Task UpAsync(CancellationToken ct)
    {
        LocalStores.CheckPrograms();
        plan.Save();
        Directory.CreateDirectory(plan.Keys);
        await Stores.StartDatabaseAsync();
        await Stores.StartRedisAsync();
        await Stores.CreateDatabaseAsync(ct);
        await output.WriteLineAsync("PostgreSQL and Redis run.");
        await NodeCommands.MigrateAsync(plan.Database, output, ct);
        for (var i = 1; i <= plan.Silos; i++)
        {
            await StartSiloAsync(i);
        }

        for (var i = 1; i <= plan.Silos; i++)
        {
            await SiloReadyAsync(i, ct);
        }

        await output.WriteLineAsync($"{plan.Silos} silos keep entities.");
        for (var i = 1; i <= plan.Gateways; i++)
        {
            // One after another: the first makes the keys and opens the demo stores, the others find them.
            await StartGatewayAsync(i);
            await GatewayReadyAsync(i, ct);
        }

        await Stores.StartFrontAsync();
        await AnswersAsync($"{plan.Address}/readyz", "HAProxy", () => Stores.Front, ct);
        await output.WriteLineAsync($"{plan.Gateways} gateways listen behind HAProxy at {plan.Address}");
    }

    public async Task DownAsync()
    {
        await Stores.Front.StopAsync(StopWithin, "USR1");
        await Task.WhenAll(Gateways.Select(g => g.StopAsync(StopWithin)));
        await Task.WhenAll(Silos.Select(s => s.StopAsync(StopWithin)));
        await Stores.StopAsync();
    }

    public async Task StartSiloAsync(int silo)
    {
        if (Silos[silo - 1].Id is null)
        {
            await Silos[silo - 1].StartAsync("dotnet", [Executable, "silo"], Settings($"silo-{silo}", new()
            {
                ["SmartService:Cluster:SiloPort"] = Text(plan.SiloPort(silo)),
                ["SmartService:Cluster:GatewayPort"] = Text(plan.SiloGatewayPort(silo)),
                ["SmartService:Cluster:Address"] = "127.0.0.1",
            }));
        }
    }

    public Task SiloReadyAsync(int silo, CancellationToken ct) => WaitAsync(
        () => ListensAsync(plan.SiloGatewayPort(silo)), $"silo-{silo}", () => Silos[silo - 1], ct);

    public async Task StartGatewayAsync(int gateway)
    {
        if (Gateways[gateway - 1].Id is null)
        {
            string[] demo = plan.Demo ? [] : ["--no-demo"];
            await Gateways[gateway - 1].StartAsync(
                "dotnet",
                [Executable, "run", "--urls", $"http://127.0.0.1:{plan.GatewayPort(gateway)}", "--data", Path.Combine(plan.Folder, $"gateway-{gateway}"), .. demo],
                Settings($"gateway-{gateway}", new() { ["SmartService:Keys"] = plan.Keys }));
        }
    }

    public async Task GatewayReadyAsync(int gateway, CancellationToken ct)
    {
        var address = $"http://127.0.0.1:{plan.GatewayPort(gateway)}";
        await AnswersAsync($"{address}/readyz", $"gateway-{gateway}", () => Gateways[gateway - 1], ct);
        if (plan.Demo && gateway == 1)
        {
            using var http = new HttpClient();
            await WaitAsync(
                async () => !(await http.GetStringAsync(new Uri($"{address}/demo/api/stores"), ct)).Contains("\"ready\":false", StringComparison.OrdinalIgnoreCase),
                "the demo stores", () => Gateways[0], ct);
        }
    }

    public IEnumerable<(string Name, int? Id, string Where)> Parts()
    {
        yield return ("postgresql", Stores.DatabaseId, $"127.0.0.1:{plan.DatabasePort}");
        yield return ("redis", Stores.Redis.Id, $"127.0.0.1:{plan.RedisPort}");
        for (var i = 1; i <= plan.Silos; i++)
        {
            yield return ($"silo-{i}", Silos[i - 1].Id, $"127.0.0.1:{plan.SiloPort(i)}");
        }

        for (var i = 1; i <= plan.Gateways; i++)
        {
            yield return ($"gateway-{i}", Gateways[i - 1].Id, $"http://127.0.0.1:{plan.GatewayPort(i)}");
        }

        yield return ("haproxy", Stores.Front.Id, plan.Address);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        return true;
    }

    private static async Task AnswersAsync(string url, string what, Func<LocalProcess> process, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await WaitAsync(async () => (await http.GetAsync(new Uri(url), ct)).IsSuccessStatusCode, what, process, ct);
    }

    /// <exception cref="CommandException">It ended, or was not ready in time.</exception>
    private static async Task WaitAsync(Func<Task<bool>> isReady, string what, Func<LocalProcess> process, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await isReady())
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or SocketException || (e is TaskCanceledException && !ct.IsCancellationRequested))
            {
                // Not listening yet, or too busy starting to answer.
                Debug.Assert(what.Length > 0);
            }

            if (clock.Elapsed > ReadyWithin || process().Id is null)
            {
                throw new CommandException($"{what} did not become ready; see {process().Log}. Its last words: {process().LastWords()}");
            }

            await Task.Delay(100, ct);
        }
    }

    private Dictionary<string, string> Settings(string node, Dictionary<string, string> own) => new(plan.Settings.Concat(own).DistinctBy(s => s.Key))
    {
        ["SmartService:Cluster:Node"] = node,
        ["SmartService:Cluster:Database"] = plan.Database,
        ["SmartService:Cluster:Redis"] = $"127.0.0.1:{plan.RedisPort}",
    };
}
