using System.Net;

namespace SmartService.Drill.Servers;

/// <summary>A server somebody else started: it is asked and watched, and no fault is done to it.</summary>
internal sealed class OtherServer : IServer
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private OtherServer(Uri address, string adminKey) => (Address, AdminKey) = (address, adminKey);

    public Uri Address { get; }

    public string AdminKey { get; }

    public bool IsOwn => false;

    public double? PeakResidentMegabytes => null;

    /// <exception cref="ServerException">The address is not on this machine and that was not allowed, or it is no address.</exception>
    public static OtherServer At(string url, string adminKey, bool allowRemote)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != "http")
        {
            throw new ServerException($"\"{url}\" is no address such as http://127.0.0.1:8080.");
        }

        var isHere = address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
        return isHere || allowRemote
            ? new(address, adminKey)
            : throw new ServerException(
                $"{address.Host} is another machine. A drill can take a server down; if it is yours to take down, say so with --allow-remote.");
    }

    /// <summary>From its own metrics, when it shows them.</summary>
    public async ValueTask<ServerLook> LookAsync()
    {
        try
        {
            var text = await _http.GetStringAsync(new Uri(Address, "/metrics"));
            return new(ShownMetrics.Sum(text, "dotnet_process_cpu_time_seconds_total"), (long?)ShownMetrics.Sum(text, "dotnet_process_memory_working_set_bytes"), null);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return default;
        }
    }

    public void DelayFlushes(TimeSpan by) => throw NotOurs();

    public void Pause() => throw NotOurs();

    public void Continue() => throw NotOurs();

    public Task<TimeSpan> KillAndStartAsync(CancellationToken ct) => throw NotOurs();

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ServerException NotOurs() => new("Faults are done only to a server the drill started itself: leave out --url.");
}
