using System.Diagnostics;
using SmartService.Domain;
using SmartService.Intent.Features;
using SmartService.Intent.Training;

namespace SmartService.Intent.Evaluation;

/// <summary>Measures a model on messages with known labels, through the same calls the product makes.</summary>
public static class IntentEvaluator
{
    private const int Batch = 32;
    private const int TimedCalls = 4_000;

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
        var speed = Time(scorer, [.. test.Select(t => t.Text)]);
        return new(
            inScope.Count,
            Share(inScope, j => j.Rank == 0),
            Ranking.MacroF1([.. inScope.Select(j => (j.Expected, j.Given))], scorer.Labels.Count),
            Share(inScope, j => j.Rank < 3),
            Ranking.Auroc(outside, inside),
            Ranking.RecallAt(0.1, outside, inside),
            inScope.Count == 0 ? double.NaN : Ranking.CalibrationError([.. inScope.Select(j => (j.Confidence, j.Rank == 0))]),
            speed.Single,
            speed.Batched,
            speed.P50,
            speed.P99,
            speed.Bytes,
            judged.GroupBy(j => j.Language).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, Figures));
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

    private static (double Single, double Batched, double P50, double P99, double Bytes) Time(IntentScorer scorer, string[] texts)
    {
        if (texts.Length == 0)
        {
            return (double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var probabilities = new float[scorer.Labels.Count];
        var embedding = new float[scorer.EmbeddingSize];
        var micros = new double[TimedCalls];
        // Once round untimed: code is compiled and buffers exist.
        for (var i = 0; i < TimedCalls; i++)
        {
            scorer.Score(texts[i % texts.Length], probabilities, embedding);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < TimedCalls; i++)
        {
            var from = Stopwatch.GetTimestamp();
            scorer.Score(texts[i % texts.Length], probabilities, embedding);
            micros[i] = Stopwatch.GetElapsedTime(from).TotalMicroseconds;
        }

        var single = TimedCalls / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)TimedCalls;
        Array.Sort(micros);
        return (single, TimeBatches(scorer, texts), micros[TimedCalls / 2], micros[TimedCalls * 99 / 100], bytes);
    }

    private static double TimeBatches(IntentScorer scorer, string[] texts)
    {
        var probabilities = new float[Batch * scorer.Labels.Count];
        var scores = new float[Batch];
        var batches = Enumerable.Range(0, TimedCalls / Batch)
            .Select(b => Enumerable.Range(b * Batch, Batch).Select(i => texts[i % texts.Length]).ToArray()).ToArray();
        scorer.ScoreBatch(batches[0], probabilities, scores);
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
        {
            scorer.ScoreBatch(batch, probabilities, scores);
        }

        return batches.Length * Batch / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private readonly record struct Judged(
        bool Outside, int Expected, int Given, int Rank, float Confidence, float Scope, string Language);
}
