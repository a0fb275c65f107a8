namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>What the tables hold, as one node knows it.</summary>
/// <param name="Generation">How often they were emptied.</param>
/// <param name="Position">Last event in them.</param>
internal readonly record struct TablesState(long Generation, long Position);
