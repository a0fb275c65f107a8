using SmartService.Intent.Features;
using SmartService.Intent.Training;

namespace SmartService.Intent.Learning;

/// <summary>
/// A tenant's correction of the shipped model: added to the logarithms of its probabilities is a linear function of its
/// embedding and of the message's words. All weights zero is the shipped model itself.
/// </summary>
/// <remarks>
/// Rows of weights, one number a label each: the embedding's dimensions, the constant, then the words the tenant's lessons hold.
/// Shrinking weights towards zero is a Gaussian prior around the shipped model: what lessons do not speak of stays as it was.
/// </remarks>
internal sealed class TenantHead
{
    public const int MostWords = 2_048;

    /// <summary>Start of a label that only the tenant has: improbable until its lessons speak.</summary>
    private const float OwnLabelStart = -5;

    private const float LeastProbability = 1e-6f;
    private readonly Dictionary<int, int> _rowOfBucket;

    public TenantHead(IReadOnlyList<string> labels, int baseLabels, int embeddingSize, int[] buckets, float[] weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, (embeddingSize + 1 + buckets.Length) * labels.Count);
        (Labels, BaseLabels, EmbeddingSize, Buckets, Weights) = (labels, baseLabels, embeddingSize, buckets, weights);
        _rowOfBucket = new(buckets.Length);
        for (var i = 0; i < buckets.Length; i++)
        {
            _rowOfBucket[buckets[i]] = embeddingSize + 1 + i;
        }
    }

    /// <summary>The shipped model's labels, in its order, then the tenant's own.</summary>
    public IReadOnlyList<string> Labels { get; }

    public int BaseLabels { get; }

    public int EmbeddingSize { get; }

    /// <summary>Hash buckets of the words it knows.</summary>
    public int[] Buckets { get; }

    public float[] Weights { get; }

    public Span<float> Row(int row) => Weights.AsSpan(row * Labels.Count, Labels.Count);

    /// <summary>Scores before the tenant's lessons: what softmax turns into the shipped model's probabilities.</summary>
    public void Start(ReadOnlySpan<float> probabilities, Span<float> scores)
    {
        for (var label = 0; label < BaseLabels; label++)
        {
            scores[label] = MathF.Log(MathF.Max(probabilities[label], LeastProbability));
        }

        scores[BaseLabels..].Fill(OwnLabelStart);
    }

    /// <summary>Adds what the lessons taught.</summary>
    public void Correct(ReadOnlySpan<float> embedding, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> scores)
    {
        for (var i = 0; i < embedding.Length; i++)
        {
            Vec.AddScaled(Row(i), embedding[i], scores);
        }

        Vec.AddScaled(Row(EmbeddingSize), 1, scores);
        for (var i = 0; i < rows.Length; i++)
        {
            Vec.AddScaled(Row(rows[i]), weights[i], scores);
        }
    }

    /// <summary>The words of the text extracted last. Words unknown here count in the length: a text full of them is corrected little.</summary>
    /// <returns>Rows written.</returns>
    public int Words(FeatureExtraction extraction, Span<int> rows, Span<float> weights)
    {
        var end = extraction.GroupEnds[(int)FeatureGroup.Word];
        var squares = 0f;
        var written = 0;
        for (var i = 0; i < end; i++)
        {
            var weight = 1 + MathF.Log(extraction.Counts[i]);
            squares += weight * weight;
            if (_rowOfBucket.TryGetValue(extraction.Buckets[i], out var row))
            {
                rows[written] = row;
                weights[written++] = weight;
            }
        }

        var scale = squares > 0 ? 1 / MathF.Sqrt(squares) : 0;
        for (var i = 0; i < written; i++)
        {
            weights[i] *= scale;
        }

        return written;
    }
}
