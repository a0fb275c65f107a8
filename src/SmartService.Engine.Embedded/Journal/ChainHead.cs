namespace SmartService.Engine.Embedded.Journal;

/// <summary>Where a chain ends.</summary>
/// <param name="Position">Of its last record; 0 when it has none.</param>
/// <param name="Version">For histories: number of events.</param>
internal readonly record struct ChainHead(long Position, long Version);
