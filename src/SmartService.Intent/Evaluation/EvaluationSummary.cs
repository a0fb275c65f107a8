using System.Text.Json.Serialization;

namespace SmartService.Intent.Evaluation;

/// <summary>Figures of one or several models of the same data: means over their seeds. This is what <c>--json</c> writes; the names are stable.</summary>
/// <param name="Seeds">How many models the means are of.</param>
/// <param name="FloorMicros">Median time of the runtime's call of a graph that does nothing.</param>
/// <param name="PerSeed">Each model's figures.</param>
/// <param name="Confusion">Wrong answers of all models together, most frequent first.</param>
public sealed record EvaluationSummary(
    double Accuracy,
    double MacroF1,
    double Top3,
    double Auroc,
    double OosRecallAt10,
    double Ece,
    double SinglePerSecond,
    double BatchedPerSecond,
    double P50Micros,
    double P99Micros,
    double BytesPerCall,
    int Seeds,
    double FloorMicros,
    int Messages,
    string Model,
    IReadOnlyDictionary<string, LanguageFigures> ByLanguage,
    IReadOnlyList<SeedFigures> PerSeed,
    IReadOnlyList<Confusion> Confusion)
{
    private const int MostConfusions = 100;

    /// <param name="model">What was measured.</param>
    public static EvaluationSummary Of(string model, IReadOnlyList<EvaluationReport> reports) => new(
        reports.Average(r => r.Accuracy),
        reports.Average(r => r.MacroF1),
        reports.Average(r => r.Top3),
        reports.Average(r => r.Auroc),
        reports.Average(r => r.OosRecallAt10),
        reports.Average(r => r.Ece),
        reports.Average(r => r.Speed.SinglePerSecond),
        reports.Average(r => r.Speed.BatchedPerSecond),
        reports.Average(r => r.Speed.P50Micros),
        reports.Average(r => r.Speed.P99Micros),
        reports.Average(r => r.Speed.BytesPerCall),
        reports.Count,
        reports.Average(r => r.Speed.FloorMicros),
        reports[0].Messages,
        model,
        reports[0].ByLanguage.Keys.ToDictionary(language => language, language => LanguageFigures.Mean([.. reports.Select(r => r.ByLanguage[language])])),
        [.. reports.Select((r, i) => new SeedFigures(i + 1, r.Accuracy, r.MacroF1, r.Top3, r.Auroc, r.OosRecallAt10, r.Ece, r.Speed))],
        [.. reports.SelectMany(r => r.Confusion).GroupBy(c => (c.Expected, c.Given))
            .Select(g => new Confusion(g.Key.Expected, g.Key.Given, g.Sum(c => c.Messages)))
            .OrderByDescending(c => c.Messages).ThenBy(c => c.Expected, StringComparer.Ordinal).ThenBy(c => c.Given, StringComparer.Ordinal)
            .Take(MostConfusions)]);

    /// <summary>Time of one message in times of the floor.</summary>
    [JsonInclude]
    public double P50Floors => P50Micros / FloorMicros;
}

/// <summary>One model's figures; see <see cref="EvaluationReport"/>.</summary>
public sealed record SeedFigures(
    int Seed, double Accuracy, double MacroF1, double Top3, double Auroc, double OosRecallAt10, double Ece, SpeedReport Speed);
