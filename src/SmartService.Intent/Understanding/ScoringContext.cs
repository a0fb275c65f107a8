using Microsoft.ML.OnnxRuntime;
using SmartService.Engine.Understanding;
using SmartService.Intent.Features;

namespace SmartService.Intent;

/// <summary>Buffers of one caller: text to features, features to sums, sums through the dense layers, and what follows. Allocates nothing after construction.</summary>
internal sealed class ScoringContext : IDisposable
{
    private readonly LoadedModel _model;
    private readonly FeatureExtraction _extraction;
    private readonly DenseRun _run;
    /// <summary>Features of a message and of the one after it: while the rows of one are fetched, the next is taken apart.</summary>
    private readonly Found[] _found;
    private readonly float[] _scaled;
    private readonly float[] _bag;
    private readonly float[] _margins;
    private readonly float[] _known = new float[DenseRun.Most];
    private readonly float[] _embeddings;
    private long _startedAt;

    public ScoringContext(LoadedModel model)
    {
        _model = model;
        _extraction = new(model.Vocabulary.Settings);
        _run = new(model.Session, model.EmbeddingSize, model.Labels.Count);
        _found = [new(model.Vocabulary.Settings.MaxFeatures), new(model.Vocabulary.Settings.MaxFeatures)];
        _scaled = new float[FeatureTable.ScratchPerRow * model.Vocabulary.Settings.MaxFeatures];
        _bag = new float[model.Table.BagWidth];
        _margins = new float[model.Table.MarginWidth];
        _embeddings = new float[DenseRun.Most * model.EmbeddingSize];
    }

    /// <summary>A call failed in it; its buffers are not to be used again.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Since when the call under way runs, as <see cref="Environment.TickCount64"/> tells time; 0 when none does.</summary>
    public long StartedAt => Volatile.Read(ref _startedAt);

    public float Score(ReadOnlySpan<char> text, Span<float> probabilities, Span<float> embedding)
    {
        Find(text, _found[0]);
        Sum(_found[0], 0);
        Run(1);
        return Complete(0, probabilities, embedding);
    }

    /// <param name="texts">At most <see cref="DenseRun.Most"/>.</param>
    /// <param name="embeddings">Filled message after message; may be empty to skip.</param>
    public void ScoreBatch(ReadOnlySpan<string> texts, Span<float> probabilities, Span<float> outOfScope, Span<float> embeddings)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            var found = _found[i % 2];
            Find(texts[i], found);
            if (i > 0)
            {
                Sum(_found[(i - 1) % 2], i - 1);
            }
        }

        Sum(_found[(texts.Length - 1) % 2], texts.Length - 1);
        Run(texts.Length);
        var labels = _model.Labels.Count;
        var size = _model.EmbeddingSize;
        for (var i = 0; i < texts.Length; i++)
        {
            outOfScope[i] = Complete(
                i, probabilities.Slice(i * labels, labels), embeddings.IsEmpty ? [] : embeddings.Slice(i * size, size));
        }
    }

    /// <summary>Makes the call under way fail. Thread-safe.</summary>
    public void Stop() => _run.Stop();

    public void Dispose() => _run.Dispose();

    private void Find(ReadOnlySpan<char> text, Found found)
    {
        _extraction.Extract(text);
        found.Count = _model.Vocabulary.Weigh(_extraction, found.AllRows, found.AllWeights, _model.Table.Ahead);
    }

    private void Sum(Found found, int message)
    {
        _model.BagBias.CopyTo(_bag, 0);
        _model.LogitBias.CopyTo(_margins, 0);
        _model.Table.AddTo(found.Rows, found.Weights, _scaled, _bag, _margins);
        var size = _model.EmbeddingSize;
        var labels = _model.Labels.Count;
        Finish.Relu(_bag.AsSpan(0, size), _run.Active.AsSpan(message * size, size));
        _margins.AsSpan(0, labels).CopyTo(_run.Margins.AsSpan(message * labels));
        _bag.AsSpan(0, size).CopyTo(_embeddings.AsSpan(message * size));
        _known[message] = Training.Vec.Dot(found.Weights, found.Weights);
    }

    private void Run(int messages)
    {
        Volatile.Write(ref _startedAt, Environment.TickCount64);
        try
        {
            _run.Run(messages);
        }
        catch (OnnxRuntimeException e)
        {
            IsBroken = true;
            throw new UnderstandingException($"Model file {_model.Path} failed: {e.Message}", e);
        }
        finally
        {
            Volatile.Write(ref _startedAt, 0);
        }
    }

    private float Complete(int message, Span<float> probabilities, Span<float> embedding)
    {
        var labels = _model.Labels.Count;
        var logits = _run.Logits.AsSpan(message * labels, labels);
        var top = Finish.Max(logits);
        var sum = Finish.Softmax(logits, top, probabilities);
        var score = Finish.OutOfScope(logits, probabilities, _model.HasOutOfScope, top, sum, _known[message], _model.Scope);
        if (!embedding.IsEmpty)
        {
            var size = _model.EmbeddingSize;
            _embeddings.AsSpan(message * size, size).CopyTo(embedding);
            Finish.Normalize(embedding);
        }

        return float.IsFinite(score) && float.IsFinite(probabilities[0])
            ? score
            : throw new UnderstandingException($"Model file {_model.Path} scored a message with something that is not a number.");
    }

    private sealed class Found(int most)
    {
        public int[] AllRows { get; } = new int[most];

        public float[] AllWeights { get; } = new float[most];

        public int Count { get; set; }

        public ReadOnlySpan<int> Rows => AllRows.AsSpan(0, Count);

        public ReadOnlySpan<float> Weights => AllWeights.AsSpan(0, Count);
    }
}
