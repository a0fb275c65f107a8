using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using SmartService.Intent.Onnx;

namespace SmartService.Intent.Evaluation;

/// <summary>Times a model on one thread, text to scores, and beside it the cheapest call the runtime can make.</summary>
internal static class SpeedTest
{
    private const int Batch = DenseRun.Most;
    private const int Calls = 2_048;
    private const int Rounds = 20;

    /// <summary>The runtime compiles hot code a second time, in full, a tenth of a second after nothing new was called; all of it a while later.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1.5);

    public static SpeedReport Run(IntentScorer scorer, string[] texts)
    {
        if (texts.Length == 0)
        {
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var (single, micros, bytes) = Singles(scorer, texts);
        return new(single, Batches(scorer, texts), micros[Calls / 2], micros[Calls * 99 / 100], bytes, Floor());
    }

    /// <summary>
    /// The rate is that of the best of a few rounds after the runtime is warm: what the model costs, less what else the machine had to do. For the same reason a
    /// message's time is the median of its times in all rounds; half and one per cent of the messages take longer than the two figures.
    /// </summary>
    private static (double PerSecond, double[] Micros, double Bytes) Singles(IntentScorer scorer, string[] texts)
    {
        var probabilities = new float[scorer.Labels.Count];
        var embedding = new float[scorer.EmbeddingSize];
        var micros = Enumerable.Range(0, Calls).Select(_ => new double[Rounds]).ToArray();
        var best = (PerSecond: 0.0, Bytes: 0.0);
        var warming = Stopwatch.StartNew();
        for (var round = -1; round < Rounds; round += warming.Elapsed < WarmUp ? 0 : 1)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls; i++)
            {
                var from = Stopwatch.GetTimestamp();
                scorer.Score(texts[i % texts.Length], probabilities, embedding);
                micros[i][Math.Max(round, 0)] = Stopwatch.GetElapsedTime(from).TotalMicroseconds;
            }

            var perSecond = Calls / Stopwatch.GetElapsedTime(started).TotalSeconds;
            var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
            if (round >= 0 && perSecond > best.PerSecond)
            {
                best = (perSecond, bytes);
            }
        }

        return (best.PerSecond, [.. micros.Select(times => times.Order().ElementAt(Rounds / 2)).Order()], best.Bytes);
    }

    /// <summary>Each batch at its best of a few rounds: a round of all of them takes so long that a busy machine leaves none alone.</summary>
    private static double Batches(IntentScorer scorer, string[] texts)
    {
        var probabilities = new float[Batch * scorer.Labels.Count];
        var scores = new float[Batch];
        var embeddings = new float[Batch * scorer.EmbeddingSize];
        var batches = Enumerable.Range(0, Calls / Batch)
            .Select(b => Enumerable.Range(b * Batch, Batch).Select(i => texts[i % texts.Length]).ToArray()).ToArray();
        var seconds = Enumerable.Repeat(double.MaxValue, batches.Length).ToArray();
        var warming = Stopwatch.StartNew();
        for (var round = -1; round < Rounds; round += warming.Elapsed < WarmUp ? 0 : 1)
        {
            for (var i = 0; i < batches.Length; i++)
            {
                var from = Stopwatch.GetTimestamp();
                scorer.ScoreBatch(batches[i], probabilities, scores, embeddings);
                seconds[i] = round < 0 ? seconds[i] : Math.Min(seconds[i], Stopwatch.GetElapsedTime(from).TotalSeconds);
            }
        }

        return batches.Length * Batch / seconds.Sum();
    }

    /// <summary>A graph that hands one number through, bound like the model's.</summary>
    private static double Floor()
    {
        var graph = new OnnxGraph("floor");
        graph.Named("Identity", [graph.Input("x", OnnxType.Float, 1)], ["y"]);
        graph.Output("y", OnnxType.Float, 1);
        using var session = ModelSession.Create(graph.Write());
        var (x, y) = (GC.AllocateArray<float>(1, pinned: true), GC.AllocateArray<float>(1, pinned: true));
        using var input = OrtValue.CreateTensorValueFromMemory(x, [1]);
        using var output = OrtValue.CreateTensorValueFromMemory(y, [1]);
        using var binding = session.CreateIoBinding();
        binding.BindInput("x", input);
        binding.BindOutput("y", output);
        using var options = new RunOptions();
        var micros = new double[Calls];
        for (var i = -Calls; i < Calls; i++)
        {
            var from = Stopwatch.GetTimestamp();
            session.RunWithBinding(options, binding);
            micros[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(from).TotalMicroseconds;
        }

        Array.Sort(micros);
        return micros[Calls / 2];
    }
}
