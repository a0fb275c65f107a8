using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SmartService.Engine.Cluster.Reminders;

/// <summary>Each silo, once it has joined the others, sees to it that the look at overdue reminders is set. No silo fails for it.</summary>
internal sealed partial class OverdueStart(IGrainFactory grains, ILogger<OverdueStart> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<IOverdueGrain>(IOverdueGrain.Key).WatchAsync().WaitAsync(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A silo of the former version has no such grain, the database may be away: it is tried again until it works.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogNotYet(e.Message);
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(2361, LogLevel.Warning, "The look at overdue reminders could not be set; it is tried again: {Reason}")]
    private partial void LogNotYet(string reason);
}
