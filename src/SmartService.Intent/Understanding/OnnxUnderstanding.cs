using System.Buffers;
using SmartService.Domain;
using SmartService.Engine.Understanding;
using SmartService.Intent.Features;

namespace SmartService.Intent;

/// <summary>Understands messages with the shipped model, on the caller's thread. Thread-safe.</summary>
/// <remarks>Every tenant is served by the one model; the tenant is part of the call because a later release may hold several.</remarks>
public sealed class OnnxUnderstanding(IntentScorer scorer) : IUnderstanding
{
    private const int TopCount = 5;
    private readonly IntentId[] _labels = [.. scorer.Labels.Select(label => new IntentId(label))];

    public string ModelName { get; } = $"intents@{scorer.Hash[..12]}";

    public ValueTask<MessageUnderstanding> UnderstandAsync(TenantId tenant, string text, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (ct.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<MessageUnderstanding>(ct);
        }

        var rented = ArrayPool<float>.Shared.Rent(_labels.Length);
        try
        {
            var probabilities = rented.AsSpan(0, _labels.Length);
            var embedding = new float[scorer.EmbeddingSize];
            var outOfScope = scorer.Score(text, probabilities, embedding);
            return new(new MessageUnderstanding(Top(probabilities), outOfScope, embedding, Script.LanguageOf(text) ?? "en"));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    public ValueTask<float[][]> EmbedAsync(TenantId tenant, IReadOnlyList<string> texts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var probabilities = new float[_labels.Length];
        var embeddings = new float[texts.Count][];
        for (var i = 0; i < embeddings.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            embeddings[i] = new float[scorer.EmbeddingSize];
            scorer.Score(texts[i], probabilities, embeddings[i]);
        }

        return new(embeddings);
    }

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
