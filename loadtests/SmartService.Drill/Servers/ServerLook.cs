namespace SmartService.Drill.Servers;

/// <summary>What can be seen of a server from outside; null what cannot.</summary>
/// <param name="CpuSeconds">Spent so far, over all its lives.</param>
/// <param name="ResidentBytes">Memory now, a standby's included.</param>
/// <param name="DataBytes">Its data now.</param>
internal readonly record struct ServerLook(double? CpuSeconds, long? ResidentBytes, long? DataBytes);
