using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace SmartService.Host.Tests.World;

/// <summary>The product as a merchant runs it: a process of its own over a data folder, with a home folder of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private HostProcess(Process process, string data) => (_process, Data) = (process, data);

    public Uri Address { get; private set; } = null!; // known when it listens

    public string Data { get; }

    public IEnumerable<string> Output => _output;

    /// <summary>Starts it without demo stores and waits until it is ready: nobody helps it.</summary>
    /// <param name="flushDelay">How much longer than this machine's disk a flush takes.</param>
    /// <param name="flushDelayFile">Where it looks, while it runs, how much longer still: milliseconds.</param>
    public static async Task<HostProcess> StartAsync(string data, string? home = null, TimeSpan flushDelay = default, string? flushDelayFile = null)
    {
        var start = Program(home, "run", "--port", "0", "--no-demo", "--data", data);
        start.Environment["SmartService__Engine__FlushDelay"] = flushDelay.ToString();
        if (flushDelayFile is not null)
        {
            start.Environment["SmartService__Engine__FlushDelayFile"] = flushDelayFile;
        }

        var host = Start(start, data);
        try
        {
            await host.WaitUntilServingAsync();
            return host;
        }
        catch (InvalidOperationException)
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one that waits for the folder; it is nobody's yet.</summary>
    /// <param name="rehearseAfter">How long it rests before it rehearses.</param>
    public static HostProcess StartStandby(string data, TimeSpan rehearseAfter)
    {
        var start = Program(null, "run", "--port", "0", "--no-demo", "--data", data, "--standby");
        start.Environment["SmartService__RehearseAfter"] = rehearseAfter.ToString();
        start.Environment["SmartService__RehearsalPerSecond"] = "10000";
        return Start(start, data);
    }

    /// <summary>Until it is ready, whatever it waits for before.</summary>
    public async Task WaitUntilServingAsync()
    {
        try
        {
            Address = await _listening.Task;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"{e.Message} It said:\n{string.Join('\n', _output)}", e);
        }

        await WaitUntilReadyAsync();
    }

    /// <summary>Until it has said something that contains these words.</summary>
    public async Task WaitUntilSaidAsync(string words)
    {
        var began = Stopwatch.StartNew();
        while (!_output.Any(line => line.Contains(words, StringComparison.Ordinal)))
        {
            if (_process.HasExited || began.Elapsed > Patience)
            {
                throw new TimeoutException($"Never said \"{words}\":\n{string.Join('\n', _output)}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(Program(null, arguments))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    public HttpClient As(string? credential)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = credential is null ? null : new AuthenticationHeaderValue("Bearer", credential);
        return client;
    }

    public async Task<HostStore> OpenStoreAsync(string id)
    {
        using var admin = As((await File.ReadAllTextAsync(Path.Combine(Data, "admin.key"))).Trim());
        using var answer = await admin.PostAsJsonAsync("/v1/tenants", new { id, name = id, locale = "en", currency = "EUR", timeZone = "Europe/Paris", origins = Array.Empty<string>() });
        answer.EnsureSuccessStatusCode();
        var keys = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new(id, keys.GetProperty("secretKey").GetString()!, keys.GetProperty("publishableKey").GetString()!);
    }

    /// <summary>SIGKILL: nothing is said goodbye to.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static HostProcess Start(ProcessStartInfo start, string data)
    {
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var host = new HostProcess(process, data);
        process.OutputDataReceived += (_, e) => host.Heard(e.Data);
        process.ErrorDataReceived += (_, e) => host.Heard(e.Data);
        process.Exited += (_, _) => host._listening.TrySetException(new InvalidOperationException("The product ended at its start."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return host;
    }

    private static ProcessStartInfo Program(string? home, params string[] arguments)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.GetFullPath(Path.Combine(folder.FullName, "..", "..", "SmartService.Host", folder.Name, "SmartService.Host.dll"));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(program))
        {
            start.ArgumentList.Add(argument);
        }

        // What is tested here is not how much one caller may send, nor what is refused because the machine has other things to do.
        start.Environment["SmartService__Peak__Enabled"] = "false";
        foreach (var limit in new[] { "Address", "Sessions", "Key", "Shopper", "Refused" })
        {
            start.Environment[$"SmartService__Limits__{limit}PerSecond"] = "0";
        }

        if (home is not null)
        {
            start.Environment["HOME"] = home;
            start.Environment.Remove("XDG_CACHE_HOME");
        }

        return start;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = As(null);
        var began = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await http.GetAsync("/readyz");
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            if (began.Elapsed > Patience)
            {
                throw new TimeoutException($"Not ready: {await answer.Content.ReadAsStringAsync()}\n{string.Join('\n', _output)}");
            }

            await Task.Delay(20);
        }
    }

    private void Heard(string? line)
    {
        const string Listens = "listens on ";
        if (string.IsNullOrEmpty(line))
        {
            return;
        }

        _output.Enqueue(line);
        if (line.IndexOf(Listens, StringComparison.Ordinal) is >= 0 and var at)
        {
            _listening.TrySetResult(new Uri(line[(at + Listens.Length)..]));
        }
    }
}

internal sealed record HostStore(string Id, string SecretKey, string PublishableKey)
{
    public async Task<(string Token, string Customer)> OpenSessionAsync(HostProcess host)
    {
        using var http = host.As(PublishableKey);
        using var answer = await http.PostAsJsonAsync("/v1/shopper/sessions", new { });
        answer.EnsureSuccessStatusCode();
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (session.GetProperty("token").GetString()!, session.GetProperty("customer").GetString()!);
    }
}
