namespace SmartService.Drills.Measuring;

/// <summary>What one second of a drill looked like; latencies of what was answered within it.</summary>
/// <param name="Second">From the start of the curve; negative while warming up.</param>
/// <param name="Planned">New consultations per second that the curve asks for.</param>
/// <param name="Cores">CPU seconds the server spent per second; null when its process cannot be seen.</param>
internal sealed record SecondFigures(
    int Second, double Planned, long Sent, long Acknowledged, long Refused, long Failed, long InFlight, double P50Ms, double P99Ms, double P999Ms,
    double MaxMs, double PushP99Ms, double? Cores, double? CpuMicrosPerMessage)
{
    /// <summary>The server's memory at its end; null when it cannot be seen, and in reports that are older than it.</summary>
    public double? ResidentMegabytes { get; init; }

    /// <summary>The server's files at its end.</summary>
    public double? DataMegabytes { get; init; }
}
