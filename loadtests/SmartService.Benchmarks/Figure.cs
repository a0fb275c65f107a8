using System.Globalization;

namespace SmartService.Benchmarks;

/// <summary>One measured number with its unit.</summary>
internal sealed record Figure(string Name, double Value, string Unit)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"  {Name,-70} {Value,14:N1} {Unit}");
}
