namespace SmartService.Benchmarks;

/// <summary>One measured number with its unit.</summary>
internal sealed record Figure(string Name, double Value, string Unit);
