namespace SmartService.Gateway.Operations;

/// <param name="Name">What was looked at.</param>
/// <param name="Detail">Why it is not ready, or ready but degraded; null when all is well.</param>
internal sealed record ReadinessCheck(string Name, bool Ready, string? Detail);

internal sealed record ReadinessView(bool Ready, IReadOnlyList<ReadinessCheck> Checks);
