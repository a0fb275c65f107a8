using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SmartService.Host.Commands;

namespace SmartService.Host.Cluster.Local;

/// <summary>Sends messages through the whole path, does a fault in the middle, and holds what is stored against what was promised.</summary>
internal sealed class FaultRun(string drill, double scale, int silos, int basePort, TextWriter output)
{
    private const string Drill = "cluster-fault";

    /// <summary>The limits of one network address protect a shop from one visitor; here the whole crowd comes from one.</summary>
    private static readonly string[] Limits = ["Address", "Sessions", "Key", "Shopper", "Refused"];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10); // As the drill says.
    private static readonly TimeSpan FaultAfter = TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync(IReadOnlyList<ClusterFault> faults, CancellationToken ct)
    {
        await output.WriteLineAsync($"{"fault",-20} {"sent",8} {"acked",8} {"lost",5} {"doubled",8} {"reordered",10} {"pushes missed",14} {"longest wait",13} {"back within",12}");
        var clean = true;
        foreach (var fault in faults)
        {
            clean &= await RunAsync(fault, ct);
        }

        return clean ? 0 : 1;
    }

    private async Task<bool> RunAsync(ClusterFault fault, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("smartservice-cluster-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101); // PostgreSQL's own user goes through it.
        }

        var settings = Limits.ToDictionary(l => $"SmartService:Limits:{l}PerSecond", _ => "0");
        settings["Logging:LogLevel:Default"] = "Warning";
        var cluster = new LocalCluster(new(folder, silos, 2, basePort + 99, basePort, Demo: false, settings), TextWriter.Null);
        try
        {
            await cluster.UpAsync(ct);
            var (second, report) = await DriveAsync(cluster, fault, folder, ct);
            return await SayAsync(fault, second, report);
        }
        finally
        {
            await cluster.DownAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>The second of the drill's curve at which the fault came, and the drill's report.</returns>
    private async Task<(double Second, JsonElement Report)> DriveAsync(LocalCluster cluster, ClusterFault fault, string folder, CancellationToken ct)
    {
        var (file, log) = (Path.Combine(folder, "report.json"), Path.Combine(folder, "logs", "drill.log"));
        var drilling = Process.Start(new ProcessStartInfo("sh",
        [
            "-c", "log=\"$1\"; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", log, "dotnet", drill, Drill, "--url", cluster.Plan.Address, "--admin-key",
            Path.Combine(cluster.Plan.Keys, "admin.key"), "--json", file, "--scale", scale.ToString(CultureInfo.InvariantCulture),
        ]))!;
        var began = await FirstMessageAsync(cluster, drilling, log, ct);
        var due = began + WarmUp + FaultAfter - DateTimeOffset.UtcNow;
        await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, ct);
        var second = (DateTimeOffset.UtcNow - began - WarmUp).TotalSeconds;
        await fault.DoAsync(cluster, ct);
        await drilling.WaitForExitAsync(ct);
        if (!File.Exists(file))
        {
            throw new CommandException($"The drill ended without a report: {string.Join(" / ", File.ReadLines(log).TakeLast(6))}");
        }

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file, ct));
        return (second, document.RootElement.Clone());
    }

    private static async Task<DateTimeOffset> FirstMessageAsync(LocalCluster cluster, Process drilling, string log, CancellationToken ct)
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(cluster.Plan.Database + ";Pooling=false");
        while (!drilling.HasExited)
        {
            await using var command = database.CreateCommand("SELECT min(at) FROM (SELECT at FROM journal WHERE kind = 'conversation-customer-asked' LIMIT 10) first");
            if (await command.ExecuteScalarAsync(ct) is DateTime at)
            {
                return new(at, TimeSpan.Zero);
            }

            await Task.Delay(200, ct);
        }

        throw new CommandException($"The drill ended before it sent anything: {string.Join(" / ", File.ReadLines(log).TakeLast(6))}");
    }

    private async Task<bool> SayAsync(ClusterFault fault, double second, JsonElement report)
    {
        var (lost, doubled, reordered) = (Number("lost"), Number("doubled"), Number("reordered"));
        var after = report.GetProperty("series").EnumerateArray().Where(s => s.GetProperty("second").GetInt32() >= Math.Floor(second)).ToList();
        var longest = after.Select(s => s.GetProperty("maxMs").GetDouble()).DefaultIfEmpty().Max() / 1_000;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{fault.Name,-20} {Number("sent"),8} {Number("acknowledged"),8} {lost,5} {doubled,8} {reordered,10} {Number("pushesMissed"),14} {longest,11:0.0} s {AwayFor(after),10} s"));
        foreach (var discrepancy in report.GetProperty("discrepancies").EnumerateArray().Take(3))
        {
            await output.WriteLineAsync($"    {discrepancy}");
        }

        return lost + doubled + reordered == 0;

        long Number(string name) => report.GetProperty(name).GetInt64();
    }

    /// <summary>
    /// How long the service was away: the longest unbroken run of seconds, from the fault on, in each of which somebody had waited for longer than
    /// a second, or nobody was answered. A rolling restart is several faults, and a silo that comes back is one more moment: each counts for itself.
    /// </summary>
    private static int AwayFor(IEnumerable<JsonElement> seconds)
    {
        var (longest, run) = (0, 0);
        foreach (var second in seconds)
        {
            var isAway = second.GetProperty("maxMs").GetDouble() > 1_000
                || (second.GetProperty("acknowledged").GetInt64() == 0 && second.GetProperty("inFlight").GetInt64() > 0);
            run = isAway ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
