namespace SmartService.Domain.Peak;

/// <summary>What the machine looks like at one moment.</summary>
/// <param name="QueueAge">How long the oldest piece of work has waited: for a thread, or for the journal.</param>
/// <param name="FlushTime">What the last flush of the journal took, or the one under way has taken so far.</param>
/// <param name="Cpu">Share of the processors this process may use that is used, 0 to 1.</param>
/// <param name="WorkPerSecond">Messages and visits that came, smoothed. A server with nothing to shed sheds nothing.</param>
/// <param name="Waiting">Shoppers in the line.</param>
/// <param name="LongestWait">What the last one in the longest line is told to wait.</param>
/// <param name="LineShare">How full the line is, 0 to 1.</param>
public readonly record struct PeakMeasurements(
    TimeSpan QueueAge, TimeSpan FlushTime, double Cpu, double WorkPerSecond, int Waiting, TimeSpan LongestWait, double LineShare);
