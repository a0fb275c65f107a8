using System.Collections.Concurrent;
using System.Diagnostics;
using SmartService.Domain;
using SmartService.Intent.Features;
using SmartService.Intent.Onnx;

namespace SmartService.Intent.Training;

/// <summary>Trains intent models from labelled messages.</summary>
/// <remarks>
/// Mix, temperature and out-of-scope score are fitted, and the figures in the file are measured, on messages that the judged heads
/// have not seen; <see cref="TrainingPlan"/> says which. All runs of a plan go side by side.
/// </remarks>
public static class IntentTrainer
{
    private const int MinimumValidation = 100;

    /// <summary>Trains and writes a model file; the file appears whole or not at all.</summary>
    /// <exception cref="TrainingFileException">The data has fewer than two labels.</exception>
    public static async Task<TrainingReport> TrainAsync(
        IReadOnlyList<LabelledText> data, IntentTrainerOptions options, string outputPath, CancellationToken ct = default)
    {
        var watch = Stopwatch.StartNew();
        var (model, metrics) = await TrainModelAsync(data, options, ct);
        var bytes = IntentModelFile.Write(model, new(TrainingFiles.HashOf(data), options.Seed, options.Languages, metrics, options.Words?.Hash));
        var folder = Path.GetDirectoryName(Path.GetFullPath(outputPath))!;
        Directory.CreateDirectory(folder);
        var part = outputPath + ".part";
        await File.WriteAllBytesAsync(part, bytes, ct);
        File.Move(part, outputPath, overwrite: true);
        return new(model.Labels, data.Count, model.Vocabulary.Rows, bytes.Length, watch.Elapsed, metrics);
    }

    internal static async Task<(IntentModel Model, HeldOutMetrics Metrics)> TrainModelAsync(
        IReadOnlyList<LabelledText> data, IntentTrainerOptions options, CancellationToken ct = default)
    {
        options = options with { Validation = UnseenOf(options.Validation, data, options.Progress) };
        var labels = LabelsOf(data, options);
        var hasOutOfScope = labels[^1] == Intents.OutOfScope.Value;
        var rarity = options.Network.Rarity ?? RarityChoice.For(data, labels, options, ct);
        var vocabulary = Vocabulary.Learn(options.Features, data.Select(l => l.Text), options.Network.MinimumTexts, rarity);
        var words = WordRows.For(vocabulary, options.Words, data);
        var plan = TrainingPlan.For(data, labels.Count, hasOutOfScope, options);
        var samples = Samples.From(vocabulary, data, labels);
        var progress = new TrainingProgress(options.Progress, plan.Runs.Sum(run => run.IsNetwork ? options.Network.Epochs : 1));
        var fitted = await FitAsync(plan, samples, vocabulary.Rows, words, labels.Count, options, progress, ct);
        var (held, texts) = ScoreHeldOut(plan, fitted, data, samples, vocabulary, labels, options);
        var calibration = Calibrator.Fit(held, hasOutOfScope, ScoreStrangers(plan, fitted, samples));
        var metrics = HeldOutMetrics.Measure(held, texts, calibration, hasOutOfScope);
        var members = plan.Members.Select(run => fitted[run].Network!).ToArray();
        var model = IntentModel.Mix(vocabulary, members, fitted[plan.Linear].Linear!, calibration, labels, options.Network.WeightBits);
        progress.Done();
        return (model, metrics);
    }

    /// <summary>Runs side by side, as many as there are processors; each draws chance from its own seed, so the order does not matter.</summary>
    private static async Task<IReadOnlyDictionary<TrainingRun, Fitted>> FitAsync(
        TrainingPlan plan, Samples samples, int rows, WordRows? words, int labels, IntentTrainerOptions options, TrainingProgress progress, CancellationToken ct)
    {
        var fitted = new ConcurrentDictionary<TrainingRun, Fitted>();
        await Parallel.ForEachAsync(
            plan.Runs,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct },
            (run, token) =>
            {
                var part = run.LeftOut is null ? samples : samples.Where(i => plan.Sees(run, i, samples.Labels[i]));
                fitted[run] = run.IsNetwork
                    ? new(new NetworkTrainer(options.Network, part, rows, labels, run.Seed, words).Train(progress.Step, token), null, part.Occurring(rows))
                    : new(null, LinearTrainer.Train(options.Network, part, rows, labels, run.Seed, words, token), part.Occurring(rows));
                if (!run.IsNetwork)
                {
                    progress.Step();
                }

                return ValueTask.CompletedTask;
            });
        return fitted;
    }

    /// <summary>Scores messages by heads that have not seen them.</summary>
    private static (List<RawScore> Scores, List<LabelledText> Texts) ScoreHeldOut(
        TrainingPlan plan, IReadOnlyDictionary<TrainingRun, Fitted> fitted, IReadOnlyList<LabelledText> data, Samples samples,
        Vocabulary vocabulary, IReadOnlyList<string> labels, IntentTrainerOptions options)
    {
        var scores = new List<RawScore>();
        var texts = new List<LabelledText>();
        if (options.Validation is { } validation)
        {
            var unseen = Samples.From(vocabulary, [.. validation.Where(line => labels.Contains(line.Label))], labels);
            Fitted[] members = [.. plan.Members.Select(run => fitted[run])];
            scores.AddRange(Enumerable.Range(0, unseen.Count).Select(i => Score(unseen, i, members, fitted[plan.Linear])));
            texts.AddRange(validation.Where(line => labels.Contains(line.Label)));
            return (scores, texts);
        }

        foreach (var judge in plan.Judges)
        {
            foreach (var i in Enumerable.Range(0, samples.Count).Where(i => plan.FoldOf(i) == judge.Fold))
            {
                scores.Add(Score(samples, i, [fitted[judge.Network]], fitted[judge.Linear]));
                texts.Add(data[i]);
            }
        }

        return (scores, texts);
    }

    /// <summary>Scores messages that heads have not seen; those of a label that they do not know have label -1, as if it did not exist.</summary>
    private static List<RawScore> ScoreStrangers(TrainingPlan plan, IReadOnlyDictionary<TrainingRun, Fitted> fitted, Samples samples)
    {
        var scores = new List<RawScore>();
        foreach (var judge in plan.Strangers)
        {
            foreach (var i in Enumerable.Range(0, samples.Count).Where(i => plan.FoldOf(i) == judge.Fold))
            {
                var score = Score(samples, i, [fitted[judge.Network]], fitted[judge.Linear]);
                scores.Add(judge.Network.UnknownLabels is { } share && TrainingPlan.IsUnknown(share, score.Label) ? score with { Label = -1 } : score);
            }
        }

        return scores;
    }

    private static RawScore Score(Samples samples, int index, Fitted[] networks, Fitted linear)
    {
        var labels = linear.Linear!.Bias.Length;
        var (mean, scores, margins) = (new float[labels], new float[labels], new float[labels]);
        var bag = new float[networks[0].Network!.BagSize];
        foreach (var fitted in networks)
        {
            fitted.Network!.Forward(samples.Rows(index), samples.Weights(index), bag, scores);
            Vec.AddScaled(scores, 1f / networks.Length, mean);
        }

        linear.Linear.Forward(samples.Rows(index), samples.Weights(index), margins);
        return new(mean, margins, KnownShare(samples, index, linear.Seen), samples.Labels[index]);
    }

    /// <summary>What <see cref="ScopeEvidence"/> calls known, of features that the judge has seen: the vocabulary holds its own exam's words too.</summary>
    private static float KnownShare(Samples samples, int index, bool[] seen)
    {
        var known = 0f;
        for (var i = 0; i < samples.Rows(index).Length; i++)
        {
            known += seen[samples.Rows(index)[i]] ? samples.Weights(index)[i] * samples.Weights(index)[i] : 0;
        }

        return known;
    }

    /// <param name="Seen">Which rows occurred in what it learned from.</param>
    private sealed record Fitted(BagNetwork? Network, LinearHead? Linear, bool[] Seen);

    /// <summary>
    /// Validation lines that are not in the data, whatever their case and marks: heads are sure of what they have learned, and what is
    /// chosen on that is chosen wrong.
    /// </summary>
    /// <returns>Null when so few are left that a split of the data serves better.</returns>
    private static LabelledText[]? UnseenOf(IReadOnlyList<LabelledText>? validation, IReadOnlyList<LabelledText> data, TextWriter? progress)
    {
        if (validation is null)
        {
            return null;
        }

        var known = data.Select(line => LettersOf(line.Text)).ToHashSet(StringComparer.Ordinal);
        LabelledText[] unseen = [.. validation.Where(line => !known.Contains(LettersOf(line.Text)))];
        if (unseen.Length < validation.Count)
        {
            progress?.WriteLine($"{validation.Count - unseen.Length:N0} of {validation.Count:N0} validation lines are in the data too and do not count.");
        }

        return unseen.Length >= Math.Min(MinimumValidation, validation.Count) ? unseen : null;
    }

    private static string LettersOf(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static IReadOnlyList<string> LabelsOf(IReadOnlyList<LabelledText> data, IntentTrainerOptions options)
    {
        var labels = options.Labels ?? [.. data.Select(l => l.Label).Distinct().Order(StringComparer.Ordinal)
            .OrderBy(l => l == Intents.OutOfScope.Value)];
        return labels.Count >= 2 ? labels : throw new TrainingFileException(["The data has fewer than two labels; nothing can be learned."]);
    }

    /// <summary>Deals messages into folds, label by label, so that every fold has its share of each.</summary>
    internal static int[] SplitBySeed(IReadOnlyList<LabelledText> data, int folds, ulong seed)
    {
        var random = new SeededRandom(seed ^ 0x5EED);
        var fold = new int[data.Count];
        var next = 0;
        foreach (var group in Enumerable.Range(0, data.Count).GroupBy(i => data[i].Label))
        {
            var members = group.ToArray();
            random.Shuffle(members.AsSpan());
            foreach (var member in members)
            {
                fold[member] = next++ % folds;
            }
        }

        return fold;
    }
}
