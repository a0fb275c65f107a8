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
    /// <summary>Trains and writes a model file; the file appears whole or not at all.</summary>
    /// <exception cref="TrainingFileException">The data has fewer than two labels.</exception>
    public static async Task<TrainingReport> TrainAsync(
        IReadOnlyList<LabelledText> data, IntentTrainerOptions options, string outputPath, CancellationToken ct = default)
    {
        var watch = Stopwatch.StartNew();
        var (model, metrics) = await TrainModelAsync(data, options, ct);
        var bytes = IntentModelFile.Write(model, new(TrainingFiles.HashOf(data), options.Seed, options.Languages, metrics));
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
        var labels = LabelsOf(data, options);
        var hasOutOfScope = labels[^1] == Intents.OutOfScope.Value;
        var rarity = options.Network.Rarity ?? RarityChoice.For(data, labels, options, ct);
        var vocabulary = Vocabulary.Learn(options.Features, data.Select(l => l.Text), options.Network.MinimumTexts, rarity);
        var plan = TrainingPlan.For(data, options);
        var samples = Samples.From(vocabulary, data, labels);
        var progress = new TrainingProgress(options.Progress, plan.Runs.Sum(run => run.IsNetwork ? options.Network.Epochs : 1));
        var fitted = await FitAsync(plan, samples, vocabulary.Rows, labels.Count, options, progress, ct);
        var (held, texts) = ScoreHeldOut(plan, fitted, data, samples, vocabulary, labels, options);
        var calibration = Calibrator.Fit(held, hasOutOfScope);
        var metrics = HeldOutMetrics.Measure(held, texts, calibration, hasOutOfScope);
        var members = plan.Members.Select(run => fitted[run].Network!).ToArray();
        var model = IntentModel.Mix(vocabulary, members, fitted[plan.Linear].Linear!, calibration, labels, options.Network.WeightBits);
        progress.Done();
        return (model, metrics);
    }

    /// <summary>Runs side by side, as many as there are processors; each draws chance from its own seed, so the order does not matter.</summary>
    private static async Task<IReadOnlyDictionary<TrainingRun, Fitted>> FitAsync(
        TrainingPlan plan, Samples samples, int rows, int labels, IntentTrainerOptions options, TrainingProgress progress, CancellationToken ct)
    {
        var fitted = new ConcurrentDictionary<TrainingRun, Fitted>();
        await Parallel.ForEachAsync(
            plan.Runs,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct },
            (run, token) =>
            {
                var part = run.LeftOut is { } fold ? samples.Where(i => plan.FoldOf(i) != fold) : samples;
                fitted[run] = run.IsNetwork
                    ? new(new NetworkTrainer(options.Network, part, rows, labels, run.Seed).Train(progress.Step, token), null)
                    : new(null, LinearTrainer.Train(options.Network, part, rows, labels, run.Seed, token));
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
            scores.AddRange(Enumerable.Range(0, unseen.Count).Select(i => Score(unseen, i, [.. plan.Members.Select(run => fitted[run].Network!)], fitted[plan.Linear].Linear!)));
            texts.AddRange(validation.Where(line => labels.Contains(line.Label)));
            return (scores, texts);
        }

        foreach (var judge in plan.Judges)
        {
            foreach (var i in Enumerable.Range(0, samples.Count).Where(i => plan.FoldOf(i) == judge.Fold))
            {
                scores.Add(Score(samples, i, [fitted[judge.Network].Network!], fitted[judge.Linear].Linear!));
                texts.Add(data[i]);
            }
        }

        return (scores, texts);
    }

    private static RawScore Score(Samples samples, int index, BagNetwork[] networks, LinearHead linear)
    {
        var labels = networks[0].LabelCount;
        var (mean, scores, margins) = (new float[labels], new float[labels], new float[labels]);
        var bag = new float[networks[0].BagSize];
        foreach (var network in networks)
        {
            network.Forward(samples.Rows(index), samples.Weights(index), bag, scores);
            Vec.AddScaled(scores, 1f / networks.Length, mean);
        }

        linear.Forward(samples.Rows(index), samples.Weights(index), margins);
        return new(mean, margins, Vec.Dot(samples.Weights(index), samples.Weights(index)), samples.Labels[index]);
    }

    private sealed record Fitted(BagNetwork? Network, LinearHead? Linear);

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
