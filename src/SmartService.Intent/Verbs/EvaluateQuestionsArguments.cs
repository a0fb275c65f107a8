namespace SmartService.Intent;

/// <summary>Arguments of <c>eval questions</c>.</summary>
/// <param name="Model">The next-question model's file.</param>
/// <param name="Shoppers">Simulated shoppers, 1 to 1,000,000.</param>
/// <param name="Seed">Seed of the shoppers; the shipped model's training drew from others.</param>
/// <param name="Parameters">The simulator's parameters; null: those kept for evaluation, which training never sees.</param>
/// <param name="Split">"promotion": days of the campaign that follows the training months; "ordinary": a month without campaigns.</param>
/// <param name="Json">File for the figures; null writes none.</param>
public sealed record EvaluateQuestionsArguments(
    string Model, int Shoppers = 4_000, ulong Seed = 77, string? Parameters = null, string Split = "promotion", string? Json = null);
