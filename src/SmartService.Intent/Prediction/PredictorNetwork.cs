using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>
/// Scores every pairing of an order (or none) with a question: one hidden layer, applied to each row, and one softmax over
/// all rows and questions together, so that the probabilities of all pairings and of "asks nothing" sum to 1.
/// </summary>
internal sealed class PredictorNetwork(int width, int hiddenSize)
{
    /// <summary>Added to the score of a pairing that makes no sense.</summary>
    public const float Never = -1e4f;

    public int Width => width;

    public int HiddenSize => hiddenSize;

    public float[] Hidden { get; } = new float[hiddenSize * width];

    public float[] HiddenBias { get; } = new float[hiddenSize];

    /// <summary>Hidden unit after hidden unit, one number a question.</summary>
    public float[] Output { get; } = new float[hiddenSize * QuestionLabels.Count];

    public float[] OutputBias { get; } = new float[QuestionLabels.Count];

    /// <summary>What is added to the scores of an order's row: only questions about orders, and never "asks nothing".</summary>
    public static float[] OrderMask { get; } =
        [.. Enumerable.Range(0, QuestionLabels.Count).Select(label => QuestionLabels.MayBeAboutOrder(label) ? 0 : Never)];

    public Span<float> HiddenRow(int unit) => Hidden.AsSpan(unit * width, width);

    public Span<float> OutputRow(int unit) => Output.AsSpan(unit * QuestionLabels.Count, QuestionLabels.Count);

    /// <param name="rows">Row after row.</param>
    /// <param name="units">Filled: hidden values, row after row.</param>
    /// <param name="pairs">Filled: probabilities, row after row.</param>
    public void Forward(ReadOnlySpan<float> rows, Span<float> units, Span<float> pairs)
    {
        for (var row = 0; row < rows.Length / width; row++)
        {
            var input = rows.Slice(row * width, width);
            var scores = pairs.Slice(row * QuestionLabels.Count, QuestionLabels.Count);
            OutputBias.CopyTo(scores);
            for (var unit = 0; unit < hiddenSize; unit++)
            {
                var value = MathF.Max(0, Vec.Dot(HiddenRow(unit), input) + HiddenBias[unit]);
                units[(row * hiddenSize) + unit] = value;
                if (value > 0)
                {
                    Vec.AddScaled(OutputRow(unit), value, scores);
                }
            }

            Vec.AddScaled(OrderMask, input[0], scores);
        }

        Vec.Softmax(pairs);
    }
}
