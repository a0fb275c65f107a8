using SmartService.Domain.Peak;
using SmartService.Engine;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Peak;

/// <summary>
/// What people set by hand: kept in the journal, so that it outlives a restart, and known to every gateway within half a second. While the
/// entity cannot be asked, what is known holds.
/// </summary>
internal sealed partial class PeakSwitch(IPeakSwitches switches, PeakControl control, TimeProvider clock, ILogger<PeakSwitch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    /// <summary>When this returns it is on disk and in force here.</summary>
    /// <returns>Why it was refused; null when it was not.</returns>
    public async Task<Problem?> SetAsync(PeakSwitchCommand command, CancellationToken ct)
    {
        var (reply, state) = await switches.HandleAndReadAsync(PeakSwitchState.Key, command, ct);
        control.Apply(state);
        return reply.Refusal is { } refusal ? Refusals.ToProblem(refusal) : null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        var isKnown = true;
        do
        {
            try
            {
                control.Apply(await switches.ReadRecentAsync(PeakSwitchState.Key, stoppingToken));
                isKnown = true;
            }
            catch (Exception e) when (e is EngineBusyException or JournalException or EntityQuarantinedException)
            {
                if (isKnown)
                {
                    LogUnknown(log, e);
                }

                isKnown = false;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(2301, LogLevel.Warning, "What was set by hand for a peak cannot be read; what is known holds")]
    private static partial void LogUnknown(ILogger log, Exception exception);
}
