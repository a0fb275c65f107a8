using SmartService.Domain;
using SmartService.Intent.Features;
using SmartService.Intent.Training;

namespace SmartService.Intent.Evaluation;

/// <summary>Measures a model on messages with known labels, through the same calls the product makes.</summary>
public static class IntentEvaluator
{
    /// <param name="test">Messages; those labelled out_of_scope (or with a label of <paramref name="outOfScope"/>) are judged by score only.</param>
    /// <param name="outOfScope">More messages that are out of scope, whatever their label says.</param>
    public static EvaluationReport Evaluate(
        IntentScorer scorer, IReadOnlyList<LabelledText> test, IReadOnlyList<LabelledText>? outOfScope = null)
    {
        var label = scorer.Labels.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        var judged = test.Select(line => Judge(scorer, line, line.Label == Intents.OutOfScope.Value, label))
            .Concat((outOfScope ?? []).Select(line => Judge(scorer, line, true, label))).ToList();
        var inScope = judged.Where(j => !j.Outside).ToList();
        var outside = judged.Where(j => j.Outside).Select(j => j.Scope).ToList();
        var inside = inScope.Select(j => j.Scope).ToList();
        return new(
            inScope.Count,
            Share(inScope, j => j.Rank == 0),
            Ranking.MacroF1([.. inScope.Select(j => (j.Expected, j.Given))], scorer.Labels.Count),
            Share(inScope, j => j.Rank < 3),
            Ranking.Auroc(outside, inside),
            Ranking.RecallAt(0.1, outside, inside),
            inScope.Count == 0 ? double.NaN : Ranking.CalibrationError([.. inScope.Select(j => (j.Confidence, j.Rank == 0))]),
            SpeedTest.Run(scorer, [.. test.Select(t => t.Text)]),
            judged.GroupBy(j => j.Language).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, Figures),
            ConfusionOf(judged, scorer.Labels));
    }

    private static LanguageFigures Figures(IEnumerable<Judged> judged)
    {
        var all = judged.ToList();
        var inScope = all.Where(j => !j.Outside).ToList();
        return new(
            inScope.Count,
            Share(inScope, j => j.Rank == 0),
            Share(inScope, j => j.Rank < 3),
            Ranking.Auroc([.. all.Where(j => j.Outside).Select(j => j.Scope)], [.. inScope.Select(j => j.Scope)]));
    }

    private static double Share(List<Judged> judged, Func<Judged, bool> which) =>
        judged.Count == 0 ? double.NaN : judged.Count(which) / (double)judged.Count;

    private static Judged Judge(IntentScorer scorer, LabelledText line, bool outside, Dictionary<string, int> labels)
    {
        var probabilities = new float[scorer.Labels.Count];
        var scope = scorer.Score(line.Text, probabilities, []);
        var expected = labels.GetValueOrDefault(line.Label, -1);
        var given = Array.IndexOf(probabilities, probabilities.Max());
        var rank = expected < 0 ? int.MaxValue : probabilities.Count(p => p > probabilities[expected]);
        return new(outside, expected, given, rank, probabilities[given], scope, Script.LanguageOf(line.Text) ?? "en");
    }

    private static IReadOnlyList<Confusion> ConfusionOf(IEnumerable<Judged> judged, IReadOnlyList<string> labels) =>
        [.. judged.Where(j => j.Rank != 0 && j.Expected >= 0).GroupBy(j => (j.Expected, j.Given)).OrderByDescending(g => g.Count())
            .Select(g => new Confusion(labels[g.Key.Expected], labels[g.Key.Given], g.Count()))];

    private readonly record struct Judged(
        bool Outside, int Expected, int Given, int Rank, float Confidence, float Scope, string Language);
}
