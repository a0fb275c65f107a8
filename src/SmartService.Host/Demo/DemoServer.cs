using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace SmartService.Host.Demo;

/// <summary>Where this very process listens.</summary>
internal sealed class DemoServer(IServer server) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private DemoClient? _client;

    public string BaseAddress => _http.BaseAddress?.ToString() ?? throw new InvalidOperationException("The server does not listen yet.");

    public DemoClient Client => _client ?? throw new InvalidOperationException("The server does not listen yet.");

    /// <returns>False when the server stopped before it listened.</returns>
    public async Task<bool> WaitUntilListeningAsync(IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var onStopping = ct.Register(() => started.TrySetCanceled(ct));
        try
        {
            await started.Task;
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First(a => a.StartsWith("http:", StringComparison.Ordinal));
        var builder = new UriBuilder(address.Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal));
        if (builder.Host is "0.0.0.0" or "[::]")
        {
            builder.Host = "127.0.0.1";
        }

        _http.BaseAddress = builder.Uri;
        _client = new(_http);
        return true;
    }

    public void Dispose() => _http.Dispose();
}
