using SmartService.Engine;

namespace SmartService.Gateway.Peak;

/// <summary>
/// Measures ten times a second. A thread of its own: under the very load it watches for, a timer of the pool would come late.
/// </summary>
internal sealed class PeakWatch(PeakControl control, PeakNews news, IServiceProvider services, ILogger<PeakWatch> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);
    private readonly ManualResetEventSlim _stop = new();
    private readonly PoolDelay _pool = new();
    private readonly SocketDelay _sockets = new(logger);
    private readonly CpuMeter _cpu = new();
    private Thread? _thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new(Run) { IsBackground = true, Name = "peak watch", Priority = ThreadPriority.AboveNormal };
        _thread.Start(services.GetService<IEngineLoad>());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        End();
        return Task.CompletedTask;
    }

    /// <summary>A start that failed elsewhere, at a port in use for one, is not stopped but disposed of.</summary>
    public void Dispose()
    {
        End();
        _stop.Dispose();
        _sockets.Dispose();
    }

    private void End()
    {
        if (_thread is { } thread)
        {
            _stop.Set();
            thread.Join();
            _thread = null;
        }
    }

    private void Run(object? engine)
    {
        while (!_stop.Wait(Every))
        {
            var load = (engine as IEngineLoad)?.Take() ?? default;
            var (pool, sockets) = (_pool.Take(), _sockets.Take());
            var waits = pool > sockets ? pool : sockets;
            control.Tick(waits > load.OldestWork ? waits : load.OldestWork, load.SlowestFlush, _cpu.Take(), load.Unanswered);
            news.Tell();
        }
    }
}
