using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartService.Engine.Following;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels;

/// <summary>Fills tables that a new schema or a deleted file left empty, without waiting for the next event. Does not hold up the start.</summary>
/// <remarks>Tables that a cluster shares are filled by the node that runs what must run once.</remarks>
internal sealed partial class ReadModelStart(
    ReadModelProcess process, IReadModelStore store, ILogger<ReadModelStart> logger, ILeadership? leadership = null) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            if (store.IsShared && leadership is not null)
            {
                await leadership.WaitAsync(stoppingToken);
            }

            await process.CatchUpAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; the next start goes on from here.
        }
#pragma warning disable CA1031 // The follower meets the same trouble with the next event, tries again, and shows it on /readyz.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e);
        }
    }

    [LoggerMessage(EventId = 4202, Level = LogLevel.Error, Message = "Read models could not catch up with the journal at the start")]
    private partial void LogFailed(Exception e);
}
