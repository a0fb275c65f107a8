namespace SmartService.Engine.Following;

/// <summary>How far one follower of the journal has come.</summary>
/// <param name="Position">Last position it has handled.</param>
/// <param name="Lag">Events it has not handled yet.</param>
/// <param name="Fault">Why it stands still, or null when it runs.</param>
/// <param name="Failures">Failed tries in a row.</param>
public sealed record FollowerStatus(string Name, long Position, long Lag, string? Fault, int Failures);
