using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>
/// First the order, then the issue: one hidden layer, applied to each row; one number a row tells which order (or none) is on the
/// shopper's mind, and within each row the questions compete. A pairing's probability is the product of the two.
/// </summary>
internal sealed class PredictorNetwork(int width, int hiddenSize)
{
    /// <summary>Added to the score of a pairing that makes no sense.</summary>
    public const float Never = -1e4f;

    public int Width => width;

    public int HiddenSize => hiddenSize;

    /// <summary>Input after input, one number a hidden unit: most inputs are 0 and cost nothing.</summary>
    public float[] Hidden { get; } = new float[width * hiddenSize];

    public float[] HiddenBias { get; } = new float[hiddenSize];

    /// <summary>Which row: one number a hidden unit.</summary>
    public float[] Order { get; } = new float[hiddenSize];

    /// <summary>Hidden unit after hidden unit, one number a question.</summary>
    public float[] Output { get; } = new float[hiddenSize * QuestionLabels.Count];

    public float[] OutputBias { get; } = new float[QuestionLabels.Count];

    /// <summary>What is added to the scores of an order's row: only questions about orders, and never "asks nothing".</summary>
    public static float[] OrderMask { get; } =
        [.. Enumerable.Range(0, QuestionLabels.Count).Select(label => QuestionLabels.MayBeAboutOrder(label) ? 0 : Never)];

    public Span<float> InputRow(int input) => Hidden.AsSpan(input * hiddenSize, hiddenSize);

    public Span<float> OutputRow(int unit) => Output.AsSpan(unit * QuestionLabels.Count, QuestionLabels.Count);

    /// <param name="rows">Row after row.</param>
    /// <param name="units">Filled: hidden values, row after row.</param>
    /// <param name="orders">Filled: probability of each row.</param>
    /// <param name="issues">Filled: probability of each question given its row, row after row.</param>
    public void Forward(ReadOnlySpan<float> rows, Span<float> units, Span<float> orders, Span<float> issues)
    {
        for (var row = 0; row < orders.Length; row++)
        {
            var input = rows.Slice(row * width, width);
            var hidden = units.Slice(row * hiddenSize, hiddenSize);
            HiddenBias.CopyTo(hidden);
            for (var i = 0; i < input.Length; i++)
            {
                if (input[i] != 0)
                {
                    Vec.AddScaled(InputRow(i), input[i], hidden);
                }
            }

            var scores = issues.Slice(row * QuestionLabels.Count, QuestionLabels.Count);
            OutputBias.CopyTo(scores);
            for (var unit = 0; unit < hiddenSize; unit++)
            {
                hidden[unit] = MathF.Max(0, hidden[unit]);
                if (hidden[unit] > 0)
                {
                    Vec.AddScaled(OutputRow(unit), hidden[unit], scores);
                }
            }

            orders[row] = Vec.Dot(Order, hidden);
            Vec.AddScaled(OrderMask, input[0], scores);
            Vec.Softmax(scores);
        }

        Vec.Softmax(orders);
    }

    /// <summary>Probabilities of all pairings, row after row; they sum to 1.</summary>
    public float[] Pairs(ReadOnlySpan<float> rows)
    {
        var count = rows.Length / width;
        var orders = new float[count];
        var pairs = new float[count * QuestionLabels.Count];
        Forward(rows, new float[count * hiddenSize], orders, pairs);
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] *= orders[i / QuestionLabels.Count];
        }

        return pairs;
    }
}
