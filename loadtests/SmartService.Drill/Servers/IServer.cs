namespace SmartService.Drill.Servers;

/// <summary>The server a drill goes against.</summary>
internal interface IServer : IAsyncDisposable
{
    Uri Address { get; }

    string AdminKey { get; }

    /// <summary>Whether faults can be done to it.</summary>
    bool IsOwn { get; }

    /// <summary>CPU seconds spent so far, over all its lives; null when it cannot be seen.</summary>
    ValueTask<double?> CpuSecondsAsync();

    double? PeakResidentMegabytes { get; }

    /// <summary>Bytes of its data now; null when they cannot be seen.</summary>
    long? DataBytes { get; }

    /// <summary>Flushes take this much longer from now on.</summary>
    void DelayFlushes(TimeSpan by);

    void Pause();

    void Continue();

    /// <summary>kill -9, then started again on the same data.</summary>
    /// <returns>From the kill until it was ready.</returns>
    Task<TimeSpan> KillAndStartAsync(CancellationToken ct);
}
