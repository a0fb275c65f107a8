using System.Diagnostics.Metrics;
using SmartService.Host.Running;

namespace SmartService.Host.Standby;

/// <summary>Whether somebody waits to take over from this server.</summary>
internal sealed class StandbyMeter : IHostedService, IDisposable
{
    private readonly Meter _meter;

    public StandbyMeter(IMeterFactory meters, HostSettings settings)
    {
        var folder = Path.GetFullPath(settings.Data);
        _meter = meters.Create("SmartService.Standby");
        _meter.CreateObservableGauge(
            "smartservice.standby", () => (int)StandbyMark.Look(folder), null, "Another process that waits to take over: 0 none, 1 it prepares, 2 it is warm");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();
}
