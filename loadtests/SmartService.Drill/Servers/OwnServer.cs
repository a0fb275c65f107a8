using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SmartService.Drill.Driving;

namespace SmartService.Drill.Servers;

/// <summary>The product's own executable, started for the drill in a process of its own, on data of its own, on this machine only.</summary>
internal sealed class OwnServer : IServer
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(5);

    /// <summary>A server that starts may have taken a connection and never answer on it.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WarmWithin = TimeSpan.FromMinutes(10);

    /// <summary>Messages a second the first standby rehearses with, while nobody else is there; a later one does so at the product's own pace.</summary>
    private const int FirstRehearsalPerSecond = 1_000;

    private readonly string _host;
    private readonly string _data;
    private readonly string _log;
    private readonly string _flushDelay;
    private readonly bool _withStandby;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly Lock _gate = new();
    private StreamWriter? _output;
    private ServerProcess? _serving;
    private ServerProcess? _standby;
    private double _spentBefore;
    private double _peak;

    /// <param name="host">SmartService.Host.dll.</param>
    /// <param name="folder">Data and log go here.</param>
    /// <param name="standby">A second process waits, warm, and takes over when the first is killed.</param>
    public OwnServer(string host, string folder, IReadOnlyDictionary<string, string> settings, bool standby = false)
    {
        (_host, _settings, _withStandby) = (host, settings, standby);
        (_data, _log, _flushDelay) = (Path.Combine(folder, "data"), Path.Combine(folder, "server.log"), Path.Combine(folder, "flush-delay"));
        Address = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(_flushDelay, "0");
    }

    public Uri Address { get; }

    public string AdminKey => File.ReadAllText(Path.Combine(_data, "admin.key")).Trim();

    public bool IsOwn => true;

    public double? PeakResidentMegabytes => _peak / 1e6;

    /// <exception cref="ServerException">It did not become ready; the message has what it said.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        _output ??= new StreamWriter(_log, append: true) { AutoFlush = true };
        _serving = ServerProcess.Start(Program(), Keep);
        await WaitUntilReadyAsync(ct);
        if (_withStandby && _standby is null)
        {
            await WaitUntilWarmAsync(ct);
        }
    }

    /// <summary>Memory of the process now, a standby's included.</summary>
    public ValueTask<double> ResidentMegabytesAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(Look().ResidentBytes / 1e6);
        }
    }

    /// <summary>One figure of its metrics, all series added up; 0 when it has none of the name.</summary>
    public async ValueTask<double> FigureAsync(string name, CancellationToken ct) =>
        ShownMetrics.Sum(await _http.GetStringAsync(new Uri(Address, "/metrics"), ct), name) ?? 0;

    public bool IsAlive => _serving is { IsAlive: true };

    public ValueTask<ServerLook> LookAsync()
    {
        lock (_gate)
        {
            var (cpu, resident) = Look();
            return new(new ServerLook(_spentBefore + cpu, resident, Directory.EnumerateFiles(_data, "*", SearchOption.AllDirectories).Sum(Length)));
        }
    }

    public void DelayFlushes(TimeSpan by)
    {
        // Renamed over, so that the server never reads half a number.
        File.WriteAllText(_flushDelay + ".new", by.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        File.Move(_flushDelay + ".new", _flushDelay, overwrite: true);
    }

    public void Pause() => Native.Signal(_serving!.Id, Native.SignalStop);

    public void Continue() => Native.Signal(_serving!.Id, Native.SignalContinue);

    public async Task<TimeSpan> KillAndStartAsync(CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        await EndAsync(_serving);
        if (_standby is not { IsAlive: true })
        {
            await StartAsync(ct);
            return clock.Elapsed;
        }

        lock (_gate)
        {
            (_serving, _standby) = (_standby, null);
        }

        await WaitUntilReadyAsync(ct);
        var away = clock.Elapsed;
        _standby = ServerProcess.Start(Program("--standby"), Keep);
        return away;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(_standby);
        await EndAsync(_serving);
        if (_output is not null)
        {
            await _output.DisposeAsync();
        }

        _http.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private ProcessStartInfo Program(params string[] more)
    {
        var start = new ProcessStartInfo("dotnet");
        foreach (var argument in new[] { _host, "run", "--port", Address.Port.ToString(CultureInfo.InvariantCulture), "--data", _data, "--no-demo" }.Concat(more))
        {
            start.ArgumentList.Add(argument);
        }

        SetEnvironment(start);
        return start;
    }

    /// <summary>The limits of one network address protect a shop from one visitor; here the whole crowd comes from one.</summary>
    private void SetEnvironment(ProcessStartInfo start)
    {
        foreach (var limit in new[] { "Address", "Sessions", "Key", "Shopper", "Refused" })
        {
            start.Environment[$"SmartService__Limits__{limit}PerSecond"] = "0";
        }

        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["SmartService__Engine__FlushDelayFile"] = _flushDelay;
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"); // The driver's, not the server's.
        foreach (var (name, value) in _settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
    }

    private async Task EndAsync(ServerProcess? process)
    {
        if (process is null)
        {
            return;
        }

        await process.KillAsync();
        lock (_gate)
        {
            _spentBefore += process.Look().CpuSeconds;
            (_serving, _standby) = (process == _serving ? null : _serving, process == _standby ? null : _standby);
        }

        process.Dispose();
    }

    /// <summary>0 when it went away since it was listed: a log of writes does.</summary>
    private static long Length(string file)
    {
        try
        {
            return new FileInfo(file).Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private (double CpuSeconds, long ResidentBytes) Look()
    {
        var (serving, standby) = (_serving?.Look() ?? default, _standby?.Look() ?? default);
        var resident = serving.ResidentBytes + standby.ResidentBytes;
        _peak = Math.Max(_peak, resident);
        return (serving.CpuSeconds + standby.CpuSeconds, resident);
    }

    private async Task WaitUntilWarmAsync(CancellationToken ct)
    {
        var warm = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = Program("--standby");
        start.Environment["SmartService__RehearseAfter"] = "0";
        start.Environment["SmartService__RehearsalPerSecond"] = FirstRehearsalPerSecond.ToString(CultureInfo.InvariantCulture);
        _standby = ServerProcess.Start(start, line =>
        {
            Keep(line);
            if (line.StartsWith("Standby: ", StringComparison.Ordinal))
            {
                warm.TrySetResult(line);
            }
        });
        try
        {
            if (await warm.Task.WaitAsync(WarmWithin, ct) is var said && !said.Contains("warm after", StringComparison.Ordinal))
            {
                throw new ServerException(said);
            }
        }
        catch (TimeoutException)
        {
            throw new ServerException($"The standby did not become warm within {WarmWithin.TotalMinutes} minutes; see {_log}.");
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < ReadyWithin && IsAlive)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(AskAgainAfter);
            try
            {
                using var response = await _http.GetAsync(new Uri(Address, "/readyz"), patience.Token);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
            {
                // Not listening yet, or too busy starting to answer.
            }

            await Task.Delay(10, ct);
        }

        throw new ServerException($"The server did not become ready; see {_log}. Its last words: {string.Join(" / ", LastWords())}");
    }

    private List<string> LastWords()
    {
        lock (_gate)
        {
            return File.Exists(_log) ? [.. File.ReadLines(_log).TakeLast(5)] : [];
        }
    }

    private void Keep(string line)
    {
        lock (_gate)
        {
            try
            {
                _output?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {line}"));
            }
            catch (ObjectDisposedException)
            {
                // It spoke while it was killed at the end.
                _output = null;
            }
        }
    }
}

/// <summary>The server cannot be driven.</summary>
internal sealed class ServerException(string message) : Exception(message);
