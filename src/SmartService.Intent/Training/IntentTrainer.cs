using System.Diagnostics;
using SmartService.Domain;
using SmartService.Intent.Features;
using SmartService.Intent.Onnx;

namespace SmartService.Intent.Training;

/// <summary>Trains intent models from labelled messages.</summary>
/// <remarks>
/// First the heads are trained without some messages, on which mix, temperature and out-of-scope score are then fitted and the
/// figures in the file are measured; last they are trained on everything. Network and linear head train side by side.
/// </remarks>
public static class IntentTrainer
{
    private const int FoldCount = 10;

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
        var folds = SplitsOf(data, options);
        var progress = new TrainingProgress(options.Progress, (folds.Count + 1) * options.Network.Epochs);
        var held = new List<RawScore>();
        var texts = new List<LabelledText>();
        foreach (var (train, valid) in folds)
        {
            var (words, network, linear) = await FitAsync(train, labels, options, progress, ct);
            held.AddRange(ScoreAll(words, network, linear, valid, labels));
            texts.AddRange(valid);
        }

        var calibration = Calibrator.Fit(held, hasOutOfScope);
        var metrics = HeldOutMetrics.Measure(held, texts, calibration, hasOutOfScope);
        var (vocabulary, finalNetwork, finalLinear) = await FitAsync(data, labels, options, progress, ct);
        progress.Done();
        var model = new IntentModel(vocabulary, finalNetwork, finalLinear, calibration, labels, options.Network.WeightBits);
        model.Round();
        return (model, metrics);
    }

    private static IReadOnlyList<string> LabelsOf(IReadOnlyList<LabelledText> data, IntentTrainerOptions options)
    {
        var labels = options.Labels ?? [.. data.Select(l => l.Label).Distinct().Order(StringComparer.Ordinal)
            .OrderBy(l => l == Intents.OutOfScope.Value)];
        return labels.Count >= 2 ? labels : throw new TrainingFileException(["The data has fewer than two labels; nothing can be learned."]);
    }

    private static List<(IReadOnlyList<LabelledText> Train, IReadOnlyList<LabelledText> Valid)> SplitsOf(
        IReadOnlyList<LabelledText> data, IntentTrainerOptions options)
    {
        if (options.Validation is { } validation)
        {
            return [(data, validation)];
        }

        // The scarcer the data, the more of it must speak in calibration: five folds of five, or one of ten.
        var count = data.Count < 3_000 ? 5 : FoldCount;
        var used = data.Count < 3_000 ? 5 : 1;
        var fold = SplitBySeed(data, count, options.Seed);
        return [.. Enumerable.Range(0, used).Select(f => (
            (IReadOnlyList<LabelledText>)[.. data.Where((_, i) => fold[i] != f)],
            (IReadOnlyList<LabelledText>)[.. data.Where((_, i) => fold[i] == f)]))];
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

    private static async Task<(Vocabulary Vocabulary, BagNetwork Network, LinearHead Linear)> FitAsync(
        IReadOnlyList<LabelledText> data, IReadOnlyList<string> labels, IntentTrainerOptions options, TrainingProgress progress,
        CancellationToken ct)
    {
        var vocabulary = Vocabulary.Learn(options.Features, data.Select(l => l.Text), options.Network.MinimumTexts);
        var samples = Samples.From(vocabulary, data, labels);
        var linear = Task.Run(
            () => LinearTrainer.Train(options.Network, samples, vocabulary.Rows, labels.Count, options.Seed + 1, ct), ct);
        var network = Task.Run(
            () => new NetworkTrainer(options.Network, samples, vocabulary.Rows, labels.Count, options.Seed).Train(progress.Step, ct), ct);
        return (vocabulary, await network, await linear);
    }

    private static IEnumerable<RawScore> ScoreAll(
        Vocabulary vocabulary, BagNetwork network, LinearHead linear, IReadOnlyList<LabelledText> lines, IReadOnlyList<string> labels)
    {
        var samples = Samples.From(vocabulary, lines, labels);
        var bag = new float[network.BagSize];
        for (var i = 0; i < samples.Count; i++)
        {
            var first = new float[labels.Count];
            var second = new float[labels.Count];
            var (rows, weights) = (samples.Rows(i).ToArray(), samples.Weights(i).ToArray());
            network.Forward(rows, weights, bag, first);
            linear.Forward(rows, weights, second);
            yield return new(first, second, Vec.Dot(weights, weights), samples.Labels[i]);
        }
    }
}
