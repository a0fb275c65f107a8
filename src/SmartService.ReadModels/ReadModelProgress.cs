namespace SmartService.ReadModels;

/// <param name="Position">Last event read.</param>
/// <param name="Head">Last event of the journal when the rebuild began.</param>
public readonly record struct ReadModelProgress(long Position, long Head);
