using System.Diagnostics;
using SmartService.Intent.Evaluation;
using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Trains the next-question model on simulated shoppers. One thread, fixed order: the same seed gives the same bits.</summary>
public static class PredictorTrainer
{
    public const string ModelFile = "src/SmartService.Intent/Models/predictor.onnx";

    private const int Batch = 32;
    private const float PopupProbability = 0.6f;

    /// <summary>Trains and writes a model file; the file appears whole or not at all.</summary>
    public static async Task<PredictorReport> TrainAsync(PredictorTrainerOptions options, string outputPath, CancellationToken ct = default)
    {
        var watch = Stopwatch.StartNew();
        var network = await Task.Run(() => Train(options, ct), ct);
        var report = Measure(network, Draw(options.Shoppers / 10, options.Seed + 1_000_003));
        var bytes = PredictorFile.Write(network, options.Seed, report);
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

            progress.Step(epoch, loss / examples.Length);
        }

        progress.Done();
        return network;
    }

    private static PredictorExample[] Draw(int count, ulong seed)
    {
        var simulator = new ShopperSimulator(SimulatorSettings.Load(), seed);
        return [.. Enumerable.Range(0, count).Select(_ => PredictorExample.From(simulator.Next()))];
    }

    private static void Fill(float[] weights, float deviation, SeededRandom random)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)random.NextNormal() * deviation;
        }
    }

    private static PredictorReport Measure(PredictorNetwork network, PredictorExample[] examples)
    {
        int asked = 0, first = 0, third = 0, aboutOrder = 0, rightOrder = 0, popups = 0, rightPopups = 0;
        List<float> askers = [], others = [];
        foreach (var example in examples)
        {
            var units = new float[example.RowCount * network.HiddenSize];
            var pairs = new float[example.RowCount * QuestionLabels.Count];
            network.Forward(example.Rows, units, pairs);
            var ranked = QuestionRanking.From(pairs);
            var best = ranked.Probabilities[ranked.Order[0]];
            (example.Label == QuestionLabels.Nothing ? others : askers).Add(best);
            popups += best >= PopupProbability ? 1 : 0;
            rightPopups += best >= PopupProbability && ranked.Order[0] == example.Label ? 1 : 0;
            if (example.Label != QuestionLabels.Nothing)
            {
                var rank = Array.IndexOf(ranked.Order, example.Label);
                asked++;
                first += rank == 0 ? 1 : 0;
                third += rank < 3 ? 1 : 0;
                aboutOrder += rank == 0 && example.Row > 0 ? 1 : 0;
                rightOrder += rank == 0 && example.Row > 0 && ranked.RowOf(example.Label) == example.Row ? 1 : 0;
            }
        }

        return new(
            examples.Length, first / (double)asked, third / (double)asked, rightOrder / (double)Math.Max(1, aboutOrder),
            Ranking.Auroc(askers, others), rightPopups / (double)Math.Max(1, popups), popups / (double)examples.Length, 0, default);
    }
}
