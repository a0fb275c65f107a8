using System.Text.Json;

namespace SmartService.Faults.Drills;

/// <summary>What a fault drill found.</summary>
/// <param name="Seeds">Seeds played, failures included.</param>
/// <param name="Failures">Promises broken, each with its seed and how to play it again.</param>
internal sealed record FaultReport(string Name, int FirstSeed, int Seeds, double Seconds, IReadOnlyList<string> Failures, IReadOnlyDictionary<string, double> Figures)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public bool Passed => Failures.Count == 0;

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
