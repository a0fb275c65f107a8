using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SmartService.Benchmarks.Product;

/// <summary>The product's own executable in a process of its own, with its limits off: what is measured is the path, not the brake.</summary>
internal sealed class ProductProcess(string data) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    public int Port { get; } = FreePort();

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    public int Id => _process!.Id;

    public string AdminKey => File.ReadAllText(Path.Combine(data, "admin.key")).Trim();

    public ProcessCost Cost => ProcessCost.Of(_process!);

    public long ResidentBytes => Cost.ResidentBytes;

    /// <summary>CPU seconds spent so far.</summary>
    public double CpuSeconds => Cost.CpuSeconds;

    /// <summary>CPU seconds in the kernel so far: sockets, files, flushes, switching between threads.</summary>
    public double KernelSeconds
    {
        get
        {
            _process!.Refresh();
            return _process.PrivilegedProcessorTime.TotalSeconds;
        }
    }

    /// <summary>CPU seconds so far by the names of threads, as Linux knows them; empty elsewhere. Threads that have ended are left out.</summary>
    public Dictionary<string, double> ThreadSeconds()
    {
        const double TicksPerSecond = 100; // USER_HZ, the same on every Linux of our kinds.
        var seconds = new Dictionary<string, double>(StringComparer.Ordinal);
        var tasks = string.Create(CultureInfo.InvariantCulture, $"/proc/{_process!.Id}/task");
        foreach (var task in Directory.Exists(tasks) ? Directory.EnumerateDirectories(tasks) : [])
        {
            try
            {
                var stat = File.ReadAllText(Path.Combine(task, "stat"));
                var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
                var fields = stat[(close + 2)..].Split(' ');
                var name = stat[(open + 1)..close];
                seconds[name] = seconds.GetValueOrDefault(name)
                    + ((double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
            }
            catch (IOException)
            {
                // The thread ended between the list and the look.
            }
        }

        return seconds;
    }

    public void Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            HostPath(), "run", "--port", Port.ToString(CultureInfo.InvariantCulture), "--data", data, "--no-demo",
        })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var limit in new[] { "Address", "Sessions", "Key", "Shopper", "Refused" })
        {
            start.Environment[$"SmartService__Limits__{limit}PerSecond"] = "0";
        }

        start.Environment["SmartService__Gateway__MaxStreams"] = "20000"; // As many as connections.

        // Every message is understood by the model: with all processors busy the ladder of a peak would let it rest.
        start.Environment["SmartService__Peak__Enabled"] = "false";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <returns>Time until /readyz answered 200.</returns>
    public async Task<TimeSpan> WaitUntilReadyAsync(HttpClient http)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience && !_process!.HasExited)
        {
            try
            {
                using var response = await http.GetAsync(new Uri(Address, "/readyz"));
                if (response.IsSuccessStatusCode)
                {
                    return clock.Elapsed;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(5);
        }

        throw new InvalidOperationException($"The product did not become ready. It said:\n{string.Join('\n', _output)}");
    }

    /// <summary>Metrics without labels, by name.</summary>
    public async Task<Dictionary<string, double>> MetricsAsync(HttpClient http)
    {
        var text = await http.GetStringAsync(new Uri(Address, "/metrics"));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#' && !line.Contains('{', StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Events that the follower furthest behind has still to take.</summary>
    public async Task<double> LagAsync(HttpClient http) =>
        (await http.GetStringAsync(new Uri(Address, "/metrics"))).Split('\n')
            .Where(line => line.StartsWith("smartservice_follower_lag{", StringComparison.Ordinal))
            .Max(line => double.Parse(line.AsSpan(line.LastIndexOf('}') + 1), CultureInfo.InvariantCulture));

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Beside this program in the build's output: bin/SmartService.Host/{configuration}/.</summary>
    private static string HostPath()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "SmartService.Host", configuration, "SmartService.Host.dll"));
    }
}
