using SmartService.Domain;
using SmartService.Intent.Features;
using SmartService.Intent.Onnx;

namespace SmartService.Intent.Training;

/// <summary>
/// A trained model in managed memory: what the ONNX file is written from, and the reference it is checked against. Heads are
/// mixed already: the networks' scores, averaged, and the linear head's margins add up to calibrated logits.
/// </summary>
internal sealed class IntentModel(
    Vocabulary vocabulary, IReadOnlyList<BagNetwork> members, LinearHead linear, ScopeWeights scope, IReadOnlyList<string> labels, int weightBits)
{
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>Networks of the same shape, each from a seed of its own; their scores are summed.</summary>
    public IReadOnlyList<BagNetwork> Members => members;

    public LinearHead Linear => linear;

    public ScopeWeights Scope => scope;

    public IReadOnlyList<string> Labels => labels;

    /// <summary>Bits a number of a feature vector is stored with: 8 or 4.</summary>
    public int WeightBits => weightBits;

    public int EmbeddingSize => members.Count * members[0].BagSize;

    /// <summary>The label out_of_scope exists; it is the last one then.</summary>
    public bool HasOutOfScope => labels[^1] == Intents.OutOfScope.Value;

    public IReadOnlyList<DenseLayers> Layers => [.. members.Select(m => new DenseLayers(Transpose(m), m.HiddenBias, m.Output))];

    /// <summary>Mixes the heads as calibrated and rounds feature vectors to the bits in which they are stored, so that model and file agree.</summary>
    public static IntentModel Mix(
        Vocabulary vocabulary, IReadOnlyList<BagNetwork> members, LinearHead linear, Calibration calibration, IReadOnlyList<string> labels, int weightBits)
    {
        foreach (var member in members)
        {
            Scale(member.Output, calibration.NetworkWeight / members.Count);
            Scale(member.OutputBias, calibration.NetworkWeight / members.Count);
        }

        Scale(linear.Weights, calibration.LinearWeight);
        Scale(linear.Bias, calibration.LinearWeight);
        var model = new IntentModel(vocabulary, members, linear, calibration.Scope, labels, weightBits);
        model.Round();
        return model;
    }

    /// <summary>The members' feature vectors side by side.</summary>
    public float[] BagRows()
    {
        var rows = new float[vocabulary.Rows * EmbeddingSize];
        var size = members[0].BagSize;
        for (var row = 0; row < vocabulary.Rows; row++)
        {
            for (var member = 0; member < members.Count; member++)
            {
                members[member].BagRow(row).CopyTo(rows.AsSpan((row * EmbeddingSize) + (member * size)));
            }
        }

        return rows;
    }

    public float[] BagBias() => [.. members.SelectMany(m => m.BagBias)];

    public float[] LogitBias()
    {
        var bias = linear.Bias.ToArray();
        foreach (var member in members)
        {
            Vec.AddScaled(member.OutputBias, 1, bias);
        }

        return bias;
    }

    /// <summary>Scores one message the plain way.</summary>
    public (float[] Probabilities, float OutOfScope, float[] Embedding) Score(string text)
    {
        var extraction = new FeatureExtraction(vocabulary.Settings);
        extraction.Extract(text);
        var rows = new int[vocabulary.Settings.MaxFeatures];
        var weights = new float[rows.Length];
        var count = vocabulary.Weigh(extraction, rows, weights);
        return Score(rows.AsSpan(0, count), weights.AsSpan(0, count));
    }

    public (float[] Probabilities, float OutOfScope, float[] Embedding) Score(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        var embedding = new float[EmbeddingSize];
        var logits = new float[labels.Count];
        var scores = new float[labels.Count];
        linear.Forward(rows, weights, logits);
        for (var member = 0; member < members.Count; member++)
        {
            members[member].Forward(rows, weights, embedding.AsSpan(member * members[0].BagSize, members[0].BagSize), scores);
            Vec.AddScaled(scores, 1, logits);
        }

        var probabilities = logits.ToArray();
        Vec.Softmax(probabilities);
        var evidence = new float[ScopeEvidence.Count];
        ScopeEvidence.Measure(logits, probabilities, HasOutOfScope, Vec.Dot(weights, weights), evidence);
        var outOfScope = 1 / (1 + MathF.Exp(-(Vec.Dot(evidence, scope.Weights) + scope.Bias)));
        Scale(embedding, 1 / MathF.Max(MathF.Sqrt(Vec.Dot(embedding, embedding)), IntentModelFile.LeastNorm));
        return (probabilities, outOfScope, embedding);
    }

    private void Round()
    {
        var size = members[0].BagSize;
        var together = new float[EmbeddingSize];
        for (var row = 0; row < vocabulary.Rows; row++)
        {
            // One scale for the row of all members, as it is stored.
            for (var member = 0; member < members.Count; member++)
            {
                members[member].BagRow(row).CopyTo(together.AsSpan(member * size));
            }

            RowQuantization.Round(together, weightBits);
            for (var member = 0; member < members.Count; member++)
            {
                together.AsSpan(member * size, size).CopyTo(members[member].BagRow(row));
            }

            RowQuantization.Round(linear.Row(row), weightBits);
        }
    }

    private static float[] Transpose(BagNetwork network)
    {
        var result = new float[network.Hidden.Length];
        for (var unit = 0; unit < network.HiddenSize; unit++)
        {
            for (var i = 0; i < network.BagSize; i++)
            {
                result[(i * network.HiddenSize) + unit] = network.Hidden[(unit * network.BagSize) + i];
            }
        }

        return result;
    }

    private static void Scale(Span<float> values, float factor)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
