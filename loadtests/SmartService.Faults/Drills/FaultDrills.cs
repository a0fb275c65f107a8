namespace SmartService.Faults.Drills;

/// <summary>All fault drills, as <c>./smart drill fault</c> lists them.</summary>
internal static class FaultDrills
{
    public static IReadOnlyList<FaultDrill> All { get; } =
    [
        new SimulationDrill(),
        new PowerLossDrill(),
        new DiskErrorDrill(),
        new FlippedBitsDrill(),
        new ClockDrill(),
        new ThrowingDrill(),
        new KillDrill(),
    ];
}
