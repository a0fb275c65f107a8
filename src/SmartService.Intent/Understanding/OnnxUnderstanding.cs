using System.Buffers;
using SmartService.Domain;
using SmartService.Engine.Understanding;
using SmartService.Intent.Features;

namespace SmartService.Intent;

/// <summary>Understands messages with the shipped model. Thread-safe.</summary>
/// <remarks>
/// A call that finds a lane free is answered at once on its own thread. There is a lane a processor: when all are taken nothing
/// would be won by one thread more, so a message waits, and all that wait are scored together in one run by the lane that gets free.
/// </remarks>
public sealed class OnnxUnderstanding : IUnderstanding
{
    private const int TopCount = 5;
    private readonly IntentScorer _scorer;
    private readonly IntentId[] _labels;
    private readonly MessageLanes _lanes;

    public OnnxUnderstanding(IntentScorer scorer)
        : this(scorer, new())
    {
    }

    public OnnxUnderstanding(IntentScorer scorer, IntentOptions options)
    {
        _scorer = scorer;
        _labels = [.. scorer.Labels.Select(label => new IntentId(label))];
        _lanes = new(options.Lanes, options.WaitingMessages, UnderstandTogether);
    }

    public string ModelName => $"intents@{_scorer.Hash[..12]}";

    public ValueTask<MessageUnderstanding> UnderstandAsync(TenantId tenant, string text, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (ct.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<MessageUnderstanding>(ct);
        }

        if (!_lanes.TryEnter())
        {
            return new(_lanes.WaitAsync(text, ct));
        }

        try
        {
            return new(Understand(text));
        }
        finally
        {
            _lanes.Leave();
        }
    }

    public ValueTask<float[][]> EmbedAsync(TenantId tenant, IReadOnlyList<string> texts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var embeddings = new float[texts.Count][];
        var (labels, size) = (_labels.Length, _scorer.EmbeddingSize);
        var probabilities = new float[Math.Min(texts.Count, DenseRun.Most) * labels];
        var scores = new float[DenseRun.Most];
        var together = new float[Math.Min(texts.Count, DenseRun.Most) * size];
        for (var start = 0; start < texts.Count; start += DenseRun.Most)
        {
            ct.ThrowIfCancellationRequested();
            string[] batch = [.. texts.Skip(start).Take(DenseRun.Most)];
            _scorer.ScoreBatch(batch, probabilities.AsSpan(0, batch.Length * labels), scores.AsSpan(0, batch.Length), together.AsSpan(0, batch.Length * size));
            for (var i = 0; i < batch.Length; i++)
            {
                embeddings[start + i] = together.AsSpan(i * size, size).ToArray();
            }
        }

        return new(embeddings);
    }

    private MessageUnderstanding Understand(string text)
    {
        var rented = ArrayPool<float>.Shared.Rent(_labels.Length);
        try
        {
            var probabilities = rented.AsSpan(0, _labels.Length);
            var embedding = new float[_scorer.EmbeddingSize];
            var outOfScope = _scorer.Score(text, probabilities, embedding);
            return Result(text, probabilities, outOfScope, embedding);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private MessageUnderstanding[] UnderstandTogether(string[] texts)
    {
        var (labels, size) = (_labels.Length, _scorer.EmbeddingSize);
        var probabilities = new float[texts.Length * labels];
        var scores = new float[texts.Length];
        var embeddings = new float[texts.Length * size];
        _scorer.ScoreBatch(texts, probabilities, scores, embeddings);
        return [.. texts.Select((text, i) => Result(text, probabilities.AsSpan(i * labels, labels), scores[i], embeddings.AsSpan(i * size, size).ToArray()))];
    }

    private MessageUnderstanding Result(string text, Span<float> probabilities, float outOfScope, float[] embedding) =>
        new(Top(probabilities), outOfScope, embedding, Script.LanguageOf(text) ?? "en");

    private IntentScore[] Top(Span<float> probabilities)
    {
        var top = new IntentScore[Math.Min(TopCount, probabilities.Length)];
        for (var rank = 0; rank < top.Length; rank++)
        {
            var best = 0;
            for (var i = 1; i < probabilities.Length; i++)
            {
                best = probabilities[i] > probabilities[best] ? i : best;
            }

            top[rank] = new(_labels[best], probabilities[best]);
            probabilities[best] = -1;
        }

        return top;
    }
}
