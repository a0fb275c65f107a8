namespace SmartService.Intent.Prediction;

/// <summary>Questions by probability, summed over the orders each may be about.</summary>
internal sealed class QuestionRanking
{
    private readonly float[] _pairs;

    private QuestionRanking(float[] pairs, float[] probabilities, int[] order)
    {
        _pairs = pairs;
        Probabilities = probabilities;
        Order = order;
    }

    /// <summary>One a question.</summary>
    public float[] Probabilities { get; }

    /// <summary>Questions, most probable first, without "asks nothing".</summary>
    public int[] Order { get; }

    public static QuestionRanking From(float[] pairs)
    {
        var probabilities = new float[QuestionLabels.Nothing];
        for (var i = 0; i < pairs.Length; i++)
        {
            if (i % QuestionLabels.Count is var label && label != QuestionLabels.Nothing)
            {
                probabilities[label] += pairs[i];
            }
        }

        var order = Enumerable.Range(0, probabilities.Length).OrderByDescending(label => probabilities[label]).ToArray();
        return new(pairs, probabilities, order);
    }

    /// <summary>The row that adds most to a question: 0 for "about no order".</summary>
    public int RowOf(int label)
    {
        var best = label;
        for (var i = label; i < _pairs.Length; i += QuestionLabels.Count)
        {
            best = _pairs[i] > _pairs[best] ? i : best;
        }

        return best / QuestionLabels.Count;
    }
}
