using Microsoft.ML.OnnxRuntime;
using SmartService.Engine.Understanding;
using SmartService.Intent.Features;

namespace SmartService.Intent;

/// <summary>Buffers of one caller. For each class of message length the inputs and outputs are bound once and used again.</summary>
internal sealed class ScoringContext(InferenceSession session, Vocabulary vocabulary, int labels, int embeddingSize, string path) : IDisposable
{
    private const int ShortestSlots = 64;
    private readonly FeatureExtraction _extraction = new(vocabulary.Settings);
    private readonly int[] _rows = new int[vocabulary.Settings.MaxFeatures];
    private readonly float[] _weights = new float[vocabulary.Settings.MaxFeatures];
    private readonly RunOptions _run = new();
    private readonly Dictionary<int, BoundRun> _bound = [];

    public float Score(ReadOnlySpan<char> text, Span<float> probabilities, Span<float> embedding)
    {
        _extraction.Extract(text);
        var count = vocabulary.Weigh(_extraction, _rows, _weights);
        var bound = BoundFor(count);
        _rows.AsSpan(0, count).CopyTo(bound.Rows);
        _weights.AsSpan(0, count).CopyTo(bound.Weights);
        // Unused slots keep their old row; without weight it does not matter which.
        bound.Weights.AsSpan(count).Clear();
        session.RunWithBinding(_run, bound.Binding);
        bound.Probabilities.CopyTo(probabilities);
        if (!embedding.IsEmpty)
        {
            bound.Embedding.CopyTo(embedding);
        }

        var score = bound.OutOfScope[0];
        return float.IsFinite(score) && float.IsFinite(probabilities[0]) ? score : throw NotANumber();
    }

    public void ScoreBatch(IReadOnlyList<string> texts, Span<float> probabilities, Span<float> outOfScope)
    {
        var longest = 1;
        var counts = new int[texts.Count];
        var rows = new int[texts.Count * _rows.Length];
        var weights = new float[rows.Length];
        for (var i = 0; i < texts.Count; i++)
        {
            _extraction.Extract(texts[i]);
            counts[i] = vocabulary.Weigh(_extraction, rows.AsSpan(i * _rows.Length, _rows.Length), weights.AsSpan(i * _rows.Length, _rows.Length));
            longest = Math.Max(longest, counts[i]);
        }

        using var bound = new BoundRun(session, texts.Count, longest, labels, embeddingSize);
        for (var i = 0; i < texts.Count; i++)
        {
            rows.AsSpan(i * _rows.Length, counts[i]).CopyTo(bound.Rows.AsSpan(i * longest));
            weights.AsSpan(i * _rows.Length, counts[i]).CopyTo(bound.Weights.AsSpan(i * longest));
        }

        session.RunWithBinding(_run, bound.Binding);
        bound.Probabilities.CopyTo(probabilities);
        bound.OutOfScope.CopyTo(outOfScope);
        foreach (var score in outOfScope)
        {
            if (!float.IsFinite(score))
            {
                throw NotANumber();
            }
        }
    }

    public void Dispose()
    {
        foreach (var bound in _bound.Values)
        {
            bound.Dispose();
        }

        _run.Dispose();
    }

    private BoundRun BoundFor(int count)
    {
        var slots = ShortestSlots;
        while (slots < count)
        {
            // Steps of a half keep padding under a third.
            slots += slots % 3 == 0 ? slots / 3 : slots / 2;
        }

        if (!_bound.TryGetValue(slots, out var bound))
        {
            _bound[slots] = bound = new(session, 1, slots, labels, embeddingSize);
        }

        return bound;
    }

    private UnderstandingException NotANumber() => new($"Model file {path} scored a message with something that is not a number.");
}
