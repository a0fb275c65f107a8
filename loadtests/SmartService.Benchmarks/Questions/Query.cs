namespace SmartService.Benchmarks.Questions;

/// <summary>One thing the console asks of the tables.</summary>
/// <param name="Run">Answers how many rows came.</param>
internal sealed record Query(string Name, Func<Task<int>> Run);
