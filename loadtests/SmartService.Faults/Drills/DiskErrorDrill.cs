using System.Collections.Concurrent;
using SmartService.Faults.Disks;
using SmartService.Faults.World;

namespace SmartService.Faults.Drills;

/// <summary>Each call of a run fails once in its turn: with EIO before or after it was done, half done, or with ENOSPC, and so do the calls after it.</summary>
internal sealed class DiskErrorDrill : FaultDrill
{
    private static readonly PlayOptions Once = new(Lives: 1, Actions: 30, Ails: false);
    private static readonly DiskFault[] Kinds = [DiskFault.Error, DiskFault.ErrorAfterwards, DiskFault.Half, DiskFault.Full];
    private static readonly int[] Lasting = [1, 3, 25];
    private readonly ConcurrentDictionary<int, int> _calls = new();

    public override string Name => "disk-errors";

    public override string Question => "When the disk fails at any call or is full: is nothing acknowledged falsely, is everything still read, does it come back by itself?";

    public override int Seeds => 1_000;

    public override int LongSeeds => 50_000;

    /// <summary>A seed is a place in the list of all calls times all kinds of faults; the list goes on with the next scenario.</summary>
    protected override Task PlayAsync(int seed, Action<string, double> count)
    {
        var (scenario, place) = (0, seed);
        while (place >= Cases(scenario))
        {
            place -= Cases(scenario++);
        }

        var from = place % _calls[scenario];
        var way = ((place / _calls[scenario]) + (5 * from)) % (Kinds.Length * Lasting.Length); // Another one at each call, so that few seeds see all.
        var (kind, to) = (Kinds[way % Kinds.Length], from + Lasting[way / Kinds.Length]);
        using var play = new Play(scenario, Once);
        play.RunOnce(losesPowerAt: null, (_, call) => call >= from && call < to ? kind : DiskFault.None);
        count("acknowledged", play.Acknowledged);
        count("failedCalls", play.DiskFaults);
        count("readsWhileFailing", play.ReadsWhileFailing);
        return Task.CompletedTask;
    }

    private int Cases(int scenario) => Kinds.Length * Lasting.Length * _calls.GetOrAdd(scenario, CallsOf);

    private static int CallsOf(int scenario)
    {
        using var play = new Play(scenario, Once);
        play.RunOnce(losesPowerAt: null, ails: null);
        return play.Calls;
    }
}
