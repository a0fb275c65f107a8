namespace SmartService.Intent.Training;

/// <summary>
/// Weighted sum of feature vectors → ReLU → hidden ReLU → label scores. Weights only; <see cref="NetworkTrainer"/> fills them.
/// </summary>
internal sealed class BagNetwork(int rows, int bagSize, int hiddenSize, int labels)
{
    public int BagSize => bagSize;

    public int HiddenSize => hiddenSize;

    public int LabelCount => labels;

    /// <summary>Row after row, <see cref="BagSize"/> numbers each.</summary>
    public float[] Bag { get; } = new float[rows * bagSize];

    public float[] BagBias { get; } = new float[bagSize];

    /// <summary>Hidden unit after hidden unit, <see cref="BagSize"/> numbers each.</summary>
    public float[] Hidden { get; } = new float[hiddenSize * bagSize];

    public float[] HiddenBias { get; } = new float[hiddenSize];

    /// <summary>Hidden unit after hidden unit, one number a label.</summary>
    public float[] Output { get; } = new float[hiddenSize * labels];

    public float[] OutputBias { get; } = new float[labels];

    public Span<float> BagRow(int row) => Bag.AsSpan(row * bagSize, bagSize);

    public Span<float> HiddenRow(int unit) => Hidden.AsSpan(unit * bagSize, bagSize);

    public Span<float> OutputRow(int unit) => Output.AsSpan(unit * labels, labels);

    /// <summary>Scores one message.</summary>
    /// <param name="bag">Filled with the sum of feature vectors, before the ReLU.</param>
    /// <param name="scores">Filled with label scores.</param>
    public void Forward(ReadOnlySpan<int> features, ReadOnlySpan<float> weights, Span<float> bag, Span<float> scores)
    {
        BagBias.CopyTo(bag);
        for (var i = 0; i < features.Length; i++)
        {
            Vec.AddScaled(BagRow(features[i]), weights[i], bag);
        }

        Span<float> active = stackalloc float[bag.Length];
        for (var i = 0; i < bag.Length; i++)
        {
            active[i] = MathF.Max(0, bag[i]);
        }

        OutputBias.CopyTo(scores);
        for (var unit = 0; unit < hiddenSize; unit++)
        {
            var value = Vec.Dot(HiddenRow(unit), active) + HiddenBias[unit];
            if (value > 0)
            {
                Vec.AddScaled(OutputRow(unit), value, scores);
            }
        }
    }
}
