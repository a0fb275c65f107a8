namespace SmartService.Intent.Training;

/// <summary>
/// What a network makes of a <see cref="WordRows"/> table: a linear map from a word's vector to a feature vector, learned with all the
/// rest. The row of a word is what its own messages taught plus its vector, mapped.
/// </summary>
/// <remarks>
/// Sums are linear, so learning maps one sum a message, and afterwards the map is folded into the rows: nothing of it is left at run time.
/// </remarks>
internal sealed class WordMap
{
    private readonly NetworkOptions _options;
    private readonly WordRows _words;
    private readonly float[] _map;
    private readonly float[] _sum;
    private readonly Adam _adam;

    public WordMap(NetworkOptions options, WordRows words)
    {
        _options = options;
        _words = words;
        _sum = new float[words.Size];
        _map = new float[options.BagSize * words.Size];
        _adam = new(_map);
    }

    /// <summary>Weights to start from.</summary>
    public Span<float> Weights => _map;

    /// <summary>Adds what the words of a message mean to the sum of its features; some words, drawn anew each time, are left out.</summary>
    public void AddTo(Span<float> bag, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, SeededRandom random)
    {
        Array.Clear(_sum);
        var keep = 1 - _options.WordDropout;
        for (var i = 0; i < rows.Length; i++)
        {
            if (_words.Has(rows[i]) && random.NextDouble() < keep)
            {
                Vec.AddScaled(_words.Vector(rows[i]), weights[i] / keep, _sum);
            }
        }

        for (var i = 0; i < bag.Length; i++)
        {
            bag[i] += Vec.Dot(Column(_map, i), _sum);
        }
    }

    /// <summary>Adds the gradient of the message added last.</summary>
    public void Learn(ReadOnlySpan<float> bagGradient)
    {
        for (var i = 0; i < bagGradient.Length; i++)
        {
            if (bagGradient[i] != 0)
            {
                Vec.AddScaled(_sum, bagGradient[i], Column(_adam.Gradient, i));
            }
        }
    }

    public void Step(int time, float step, float scale) => _adam.Step(time, step, scale);

    /// <summary>Adds each word's mapped vector to its row.</summary>
    public void Fold(BagNetwork network)
    {
        for (var row = 0; row < _words.Count; row++)
        {
            if (_words.Has(row))
            {
                var vector = _words.Vector(row);
                var feature = network.BagRow(row);
                for (var i = 0; i < feature.Length; i++)
                {
                    feature[i] += Vec.Dot(Column(_map, i), vector);
                }
            }
        }
    }

    /// <summary>What one number of the feature vector takes of each number of the word's.</summary>
    private Span<float> Column(float[] map, int index) => map.AsSpan(index * _words.Size, _words.Size);
}
