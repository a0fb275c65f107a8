namespace SmartService.Intent.Training;

/// <summary>One linear scorer a label. Weights row after row, one number a label.</summary>
internal sealed class LinearHead(int rows, int labels)
{
    public float[] Weights { get; } = new float[rows * labels];

    public float[] Bias { get; } = new float[labels];

    public Span<float> Row(int row) => Weights.AsSpan(row * labels, labels);

    public void Forward(ReadOnlySpan<int> features, ReadOnlySpan<float> weights, Span<float> scores)
    {
        Bias.CopyTo(scores);
        for (var i = 0; i < features.Length; i++)
        {
            Vec.AddScaled(Row(features[i]), weights[i], scores);
        }
    }
}
