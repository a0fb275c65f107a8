namespace SmartService.Domain.Peak;

/// <summary>Where the ladder stands.</summary>
/// <param name="Rung">The rung in force.</param>
/// <param name="Pressure">Smoothed; 1 is a limit reached.</param>
/// <param name="At">Of the last measurement.</param>
/// <param name="OverSince">Since when the pressure has been over the next rung's mark; null when it is not.</param>
/// <param name="CalmSince">Since when it has been calm enough to leave the rung; null when it is not.</param>
/// <param name="LeftAt">When a rung was left last.</param>
/// <param name="Doublings">How often the patience before a step down is doubled, because the last ones were taken back.</param>
public sealed record LadderState(
    PeakRung Rung, double Pressure, DateTimeOffset At, DateTimeOffset? OverSince, DateTimeOffset? CalmSince, DateTimeOffset? LeftAt, int Doublings)
{
    public static LadderState Initial { get; } = new(PeakRung.Full, 0, default, null, null, null, 0);
}
