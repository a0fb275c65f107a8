namespace SmartService.Intent;

/// <summary>Arguments of <c>eval intents</c>: trains on one file, measures on another.</summary>
/// <param name="Seeds">Models to train, with seeds 1 to N, 1 to 20.</param>
/// <param name="Json">File for the figures; null writes none.</param>
/// <param name="Words">Table of words that training starts from, of build/words; null starts from nothing.</param>
public sealed record EvaluateIntentsArguments(
    string Train, string Test, string? Validation = null, string? OutOfScopeTrain = null, string? OutOfScopeTest = null, int Seeds = 1,
    string? Json = null, string? Words = null);
