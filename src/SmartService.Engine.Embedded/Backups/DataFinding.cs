namespace SmartService.Engine.Embedded;

/// <summary>Something in a data folder that is not as it was written.</summary>
/// <param name="File">Its name in the folder.</param>
/// <param name="What">Which record or row, and what is wrong.</param>
/// <param name="IsMadeAnew">The next start replaces it from the journal; else a backup must.</param>
public sealed record DataFinding(string File, string What, bool IsMadeAnew);
