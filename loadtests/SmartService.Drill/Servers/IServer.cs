namespace SmartService.Drill.Servers;

/// <summary>The server a drill goes against.</summary>
internal interface IServer : IAsyncDisposable
{
    Uri Address { get; }

    string AdminKey { get; }

    /// <summary>Whether faults can be done to it.</summary>
    bool IsOwn { get; }

    ValueTask<ServerLook> LookAsync();

    double? PeakResidentMegabytes { get; }

    /// <summary>Flushes take this much longer from now on.</summary>
    void DelayFlushes(TimeSpan by);

    void Pause();

    void Continue();

    /// <summary>kill -9, then started again on the same data.</summary>
    /// <returns>From the kill until it was ready.</returns>
    Task<TimeSpan> KillAndStartAsync(CancellationToken ct);
}
