using System.Runtime.InteropServices;
using SmartService.Engine;
using SmartService.Engine.Embedded;
using SmartService.Host.Running;

namespace SmartService.Host.Standby;

/// <summary>Waits until the server that holds the data has ended, however it ended; rehearses meanwhile.</summary>
/// <remarks>The system lets go of a process's lock when it is gone, so two never write to one folder. A server that hangs holds it: end it, and the standby takes over.</remarks>
internal sealed class StandbyWait(RunArguments arguments, HostSettings settings, TextWriter output) : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private readonly string _data = Path.GetFullPath(settings.Data);
    private readonly CancellationTokenSource _needed = new();
    private Task _rehearsal = Task.CompletedTask;

    /// <summary>Returns at once when nobody holds the folder.</summary>
    /// <returns>False when this process was told to stop before it was needed.</returns>
    /// <exception cref="DataFolderException">Another process waits for it already.</exception>
    public async Task<bool> UntilFreeAsync(CancellationToken ct)
    {
        if (!EmbeddedData.IsInUse(_data))
        {
            return true;
        }

        using var mark = await StandbyMark.TakeAsync(_data, ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await output.WriteLineAsync($"Another server holds {_data}. Waiting for it to end.");
        _rehearsal = RehearseAsync(mark);
        while (EmbeddedData.IsInUse(_data))
        {
            if (stop.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(BetweenLooks, CancellationToken.None);
        }

        // Cold is better than late: a rehearsal that goes on ends beside the start.
        await _needed.CancelAsync();
        await output.WriteLineAsync("The other server has ended. Taking over.");
        return true;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Waits for the end of a rehearsal that was cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        await _needed.CancelAsync();
        await _rehearsal;
        _needed.Dispose();
    }

    private async Task RehearseAsync(StandbyMark mark)
    {
        try
        {
            await Task.Delay(settings.RehearseAfter, _needed.Token);
            var answered = await new Rehearsal(arguments, settings).RunAsync(_needed.Token);
            mark.SayReady();
            await output.WriteLineAsync($"Standby: warm after {answered:N0} rehearsed answers; takes over when the other server ends.");
        }
        catch (RehearsalException e)
        {
            await output.WriteLineAsync($"Standby: the rehearsal failed, so it would take over cold. {e.Message}");
        }
        catch (OperationCanceledException) when (_needed.IsCancellationRequested)
        {
            // It is needed, or stopped, before it is warm.
        }
    }
}
