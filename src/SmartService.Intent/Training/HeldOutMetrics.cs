using SmartService.Intent.Evaluation;
using SmartService.Intent.Features;

namespace SmartService.Intent.Training;

/// <summary>Figures of the messages that were held out to calibrate on.</summary>
/// <param name="Messages">How many those were.</param>
/// <param name="Accuracy">Share of in-scope messages whose best label is right, in [0, 1].</param>
/// <param name="Top3">Share of in-scope messages whose label is among the best three.</param>
/// <param name="Auroc">How well the out-of-scope score ranks; NaN when the data has none out of scope.</param>
/// <param name="Ece">Expected calibration error over 15 bins.</param>
/// <param name="ByLanguage">Accuracy by script of the message.</param>
public sealed record HeldOutMetrics(
    int Messages, double Accuracy, double Top3, double Auroc, double Ece, IReadOnlyDictionary<string, double> ByLanguage)
{
    internal static HeldOutMetrics Measure(
        IReadOnlyList<RawScore> scores, IReadOnlyList<LabelledText> lines, Calibration calibration, bool hasOutOfScope)
    {
        var outside = hasOutOfScope ? scores[0].Network.Length - 1 : -1;
        var outcomes = new List<Outcome>();
        for (var i = 0; i < scores.Count; i++)
        {
            outcomes.Add(OutcomeOf(scores[i], Script.LanguageOf(lines[i].Text) ?? "en", calibration, hasOutOfScope, outside));
        }

        var inScope = outcomes.Where(o => !o.Outside).ToList();
        return new(
            outcomes.Count,
            inScope.Average(o => o.Rank == 0 ? 1.0 : 0),
            inScope.Average(o => o.Rank < 3 ? 1.0 : 0),
            Ranking.Auroc([.. outcomes.Where(o => o.Outside).Select(o => o.Score)], [.. inScope.Select(o => o.Score)]),
            Ranking.CalibrationError([.. inScope.Select(o => (o.Confidence, o.Rank == 0))]),
            inScope.GroupBy(o => o.Language).OrderBy(g => g.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Average(o => o.Rank == 0 ? 1.0 : 0)));
    }

    private static Outcome OutcomeOf(RawScore score, string language, Calibration calibration, bool hasOutOfScope, int outside)
    {
        var logits = score.Network.Zip(score.Linear, (n, l) => (calibration.NetworkWeight * n) + (calibration.LinearWeight * l)).ToArray();
        var probabilities = logits.ToArray();
        Vec.Softmax(probabilities);
        var evidence = new float[ScopeEvidence.Count];
        ScopeEvidence.Measure(logits, probabilities, hasOutOfScope, score.Known, evidence);
        return new(
            score.Label == outside,
            logits.Count(z => z > logits[score.Label]),
            probabilities.Max(),
            Vec.Dot(evidence, calibration.Scope.Weights) + calibration.Scope.Bias,
            language);
    }

    private readonly record struct Outcome(bool Outside, int Rank, float Confidence, float Score, string Language);
}
