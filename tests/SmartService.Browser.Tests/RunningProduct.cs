using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace SmartService.Browser.Tests;

/// <summary>
/// The product as a shopper meets it: its own process, its own data folder, the demo stores open. Or one that runs already, a cluster for
/// one: SMARTSERVICE_UNDER_TEST is its address, SMARTSERVICE_UNDER_TEST_KEY the file with its administrator's key. It is left as it is afterwards.
/// </summary>
public sealed class RunningProduct : IAsyncDisposable
{
    private static readonly string? Elsewhere = Environment.GetEnvironmentVariable("SMARTSERVICE_UNDER_TEST");
    private static readonly string? KeyElsewhere = Environment.GetEnvironmentVariable("SMARTSERVICE_UNDER_TEST_KEY");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly string _data = Directory.CreateTempSubdirectory("smartservice-browser-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;

    public Uri Address => new(Elsewhere ?? $"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}");

    public HttpClient Http { get; } = new();

    /// <summary>The key the first start left in the data folder, for the tests that make a store of their own.</summary>
    public Task<string> AdminKeyAsync() => File.ReadAllTextAsync(Elsewhere is null ? Path.Combine(_data, "admin.key")
        : KeyElsewhere ?? throw new InvalidOperationException("SMARTSERVICE_UNDER_TEST is set and SMARTSERVICE_UNDER_TEST_KEY is not."));

    public async Task StartAsync()
    {
        if (Elsewhere is not null)
        {
            await WaitUntilOpenAsync();
            return;
        }

        var program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "SmartService.Host", Configuration, "SmartService.Host.dll"));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { program, "run", "--port", _port.ToString(CultureInfo.InvariantCulture), "--data", _data })
        {
            start.ArgumentList.Add(argument);
        }

        // The machine has a browser to carry besides: what its ladder of a peak would pause is not what these tests look at.
        start.Environment["SmartService__Peak__Enabled"] = "false";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilOpenAsync();
    }

    /// <summary>SIGKILL, as a power cut would be to the process.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilOpenAsync()
    {
        var began = Stopwatch.StartNew();
        while (began.Elapsed < Patience)
        {
            if (_process is { HasExited: true })
            {
                break;
            }

            if (await AllStoresOpenAsync())
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"The product did not open its stores. It said:\n{string.Join('\n', _output)}");
    }

    private async Task<bool> AllStoresOpenAsync()
    {
        try
        {
            var stores = JsonNode.Parse(await Http.GetStringAsync(new Uri(Address, "/demo/api/stores")))!.AsArray();
            return stores.Count > 0 && stores.All(s => s!["ready"]!.GetValue<bool>());
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
    }
}
