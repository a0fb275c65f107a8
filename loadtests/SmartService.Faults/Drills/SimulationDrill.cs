using SmartService.Faults.World;

namespace SmartService.Faults.Drills;

/// <summary>Engine, outbox, scheduler and streams on one thread in a seeded order, with power losses and a disk that fails now and then.</summary>
internal sealed class SimulationDrill : FaultDrill
{
    public override string Name => "simulation";

    public override string Question => "Does every order of events, with crashes, delays and failing commits, keep every promise?";

    public override int Seeds => 2_000;

    public override int LongSeeds => 1_000_000;

    protected override Task PlayAsync(int seed, Action<string, double> count)
    {
        using var play = new Play(seed, new());
        play.Run();
        count("acknowledged", play.Acknowledged);
        count("powerLosses", play.PowerLosses);
        count("failedCalls", play.DiskFaults);
        count("steps", play.Steps);
        return Task.CompletedTask;
    }
}
