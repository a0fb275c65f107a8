namespace SmartService.Intent.Training;

/// <summary>
/// The linear head's share of a <see cref="WordRows"/> table: the words' vectors, summed over a message, are further features of every
/// label. As in <see cref="WordMap"/>, their weights are folded into the rows afterwards.
/// </summary>
internal sealed class WordMargins(WordRows words, int labels)
{
    private readonly float[] _weights = new float[words.Size * labels];
    private readonly float[] _sum = new float[words.Size];

    /// <summary>Adds the margins of a message.</summary>
    /// <returns>The squared length of the message's vector.</returns>
    public float Forward(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> margins)
    {
        Array.Clear(_sum);
        for (var i = 0; i < rows.Length; i++)
        {
            if (words.Has(rows[i]))
            {
                Vec.AddScaled(words.Vector(rows[i]), weights[i], _sum);
            }
        }

        for (var i = 0; i < _sum.Length; i++)
        {
            Vec.AddScaled(Row(i), _sum[i], margins);
        }

        return Vec.Dot(_sum, _sum);
    }

    /// <summary>Moves the weights along the vector of the message seen last.</summary>
    public void Move(ReadOnlySpan<float> change)
    {
        for (var i = 0; i < _sum.Length; i++)
        {
            Vec.AddScaled(change, _sum[i], Row(i));
        }
    }

    /// <summary>Adds what each word's vector says to its row.</summary>
    public void Fold(LinearHead head)
    {
        for (var row = 0; row < words.Count; row++)
        {
            for (var i = 0; words.Has(row) && i < _sum.Length; i++)
            {
                Vec.AddScaled(Row(i), words.Vector(row)[i], head.Row(row));
            }
        }
    }

    private Span<float> Row(int index) => _weights.AsSpan(index * labels, labels);
}
