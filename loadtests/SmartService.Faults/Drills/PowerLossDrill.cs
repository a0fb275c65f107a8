using System.Collections.Concurrent;
using SmartService.Faults.World;

namespace SmartService.Faults.Drills;

/// <summary>The power goes at any call that writes; what was not flushed is lost, kept, torn and reordered by chance.</summary>
internal sealed class PowerLossDrill : FaultDrill
{
    private const int Scenarios = 40;
    private static readonly PlayOptions Once = new(Lives: 1, Actions: 30, Ails: false);
    private readonly ConcurrentDictionary<int, int> _calls = new();

    public override string Name => "power-loss";

    public override string Question => "Is everything acknowledged there after a power loss at any moment, once and in order?";

    public override int Seeds => 500;

    public override int LongSeeds => 50_000;

    protected override Task PlayAsync(int seed, Action<string, double> count)
    {
        var scenario = seed % Scenarios;
        var calls = _calls.GetOrAdd(scenario, CallsOf);
#pragma warning disable CA5394 // A seed is to be played again, not to be kept secret.
        var at = new Random(seed).Next(calls);
#pragma warning restore CA5394
        using var play = new Play(scenario, Once);
        play.RunOnce(losesPowerAt: at, ails: null, lossSeed: seed);
        count("acknowledged", play.Acknowledged);
        count("powerLosses", play.PowerLosses);
        return Task.CompletedTask;
    }

    private static int CallsOf(int scenario)
    {
        using var play = new Play(scenario, Once);
        play.RunOnce(losesPowerAt: null, ails: null);
        return play.Calls;
    }
}
