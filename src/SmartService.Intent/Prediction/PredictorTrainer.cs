using System.Diagnostics;
using SmartService.Intent.Evaluation;
using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Trains the next-question model on simulated shoppers. One thread, fixed order: the same seed gives the same bits.</summary>
public static class PredictorTrainer
{
    public const string ModelFile = "src/SmartService.Intent/Models/predictor.onnx";

    private const int Batch = 64;
    private const int ShoppersPerWorld = 100;

    /// <summary>How far the worlds that are learned from differ: a third more or less is common.</summary>
    private const double Spread = 0.3;

    /// <summary>Trains and writes a model file; the file appears whole or not at all.</summary>
    public static async Task<PredictorReport> TrainAsync(PredictorTrainerOptions options, string outputPath, CancellationToken ct = default)
    {
        var watch = Stopwatch.StartNew();
        var network = await Task.Run(() => Train(options, ct), ct);
        var (report, precision) = Measure(network, Draw(Math.Max(1_000, options.Shoppers / 5), options.Seed + 1_000_003));
        var bytes = PredictorFile.Write(network, options.Seed, report, precision);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(outputPath))!);
        await File.WriteAllBytesAsync(outputPath + ".part", bytes, ct);
        File.Move(outputPath + ".part", outputPath, overwrite: true);
        return report with { FileBytes = bytes.Length, Elapsed = watch.Elapsed };
    }

    internal static PredictorNetwork Train(PredictorTrainerOptions options, CancellationToken ct)
    {
        var examples = Draw(options.Shoppers, options.Seed);
        var random = new SeededRandom(options.Seed + 17);
        var network = new PredictorNetwork(FeatureExtractor.Width, options.HiddenSize);
        Fill(network.Hidden, MathF.Sqrt(1f / 16), random);
        Fill(network.Order, MathF.Sqrt(1f / options.HiddenSize), random);
        Fill(network.Output, MathF.Sqrt(1f / options.HiddenSize), random);
        var learner = new PredictorLearner(network);
        var progress = new TrainingProgress(options.Progress, options.Epochs);
        var steps = options.Epochs * ((examples.Length + Batch - 1) / Batch);
        for (var epoch = 1; epoch <= options.Epochs; epoch++)
        {
            ct.ThrowIfCancellationRequested();
            random.Shuffle(examples.AsSpan());
            var loss = 0.0;
            foreach (var batch in examples.Chunk(Batch))
            {
                loss += learner.Learn(batch, steps);
            }

            progress.Step(loss / examples.Length);
        }

        progress.Done();
        return network;
    }

    /// <summary>A new variation of the world every <see cref="ShoppersPerWorld"/> shoppers.</summary>
    private static PredictorExample[] Draw(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var settings = SimulatorSettings.Load();
        var examples = new PredictorExample[count];
        ShopperSimulator? simulator = null;
        for (var i = 0; i < count; i++)
        {
            simulator = simulator is null || i % ShoppersPerWorld == 0 ? new(settings.Varied(random, Spread), random.NextBits()) : simulator;
            examples[i] = PredictorExample.From(simulator.Next());
        }

        return examples;
    }

    private static void Fill(float[] weights, float deviation, SeededRandom random)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)random.NextNormal() * deviation;
        }
    }

    private static (PredictorReport Report, PrecisionCurve Precision) Measure(PredictorNetwork network, PredictorExample[] examples)
    {
        var tally = new QuestionTally();
        foreach (var example in examples)
        {
            var ranked = QuestionRanking.From(network.Pairs(example.Rows));
            tally.Add([.. ranked.Probabilities, 1 - ranked.Probabilities.Sum()], example.Label);
        }

        var figures = tally.Figures();
        var curve = PrecisionCurve.From(tally.Best, tally.Right).Thinned();
        var asks = examples.Select(e => e.Label != QuestionLabels.Nothing).ToArray();
        var auroc = Ranking.Auroc([.. tally.Best.Where((_, i) => asks[i])], [.. tally.Best.Where((_, i) => !asks[i])]);
        return (
            new(examples.Length, figures.HitAt1, figures.HitAt3, auroc, figures.Ece, curve.ThresholdFor(0.9), figures.CoverageAtPrecision90, 0, default),
            curve);
    }
}
