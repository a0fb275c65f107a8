using SmartService.Domain;
using SmartService.Intent.Features;

namespace SmartService.Intent.Training;

/// <summary>A trained model in managed memory: what the ONNX file is written from, and the reference it is checked against.</summary>
internal sealed class IntentModel(
    Vocabulary vocabulary, BagNetwork network, LinearHead linear, Calibration calibration, IReadOnlyList<string> labels,
    int weightBits)
{
    public Vocabulary Vocabulary => vocabulary;

    public BagNetwork Network => network;

    public LinearHead Linear => linear;

    public Calibration Calibration => calibration;

    public IReadOnlyList<string> Labels => labels;

    /// <summary>Bits a number of a feature vector is stored with: 8 or 4.</summary>
    public int WeightBits => weightBits;

    /// <summary>The label out_of_scope exists; it is the last one then.</summary>
    public bool HasOutOfScope => labels[^1] == Intents.OutOfScope.Value;

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
        var embedding = new float[network.BagSize];
        var logits = new float[labels.Count];
        var margins = new float[labels.Count];
        network.Forward(rows, weights, embedding, logits);
        linear.Forward(rows, weights, margins);
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = (calibration.NetworkWeight * logits[i]) + (calibration.LinearWeight * margins[i]);
        }

        var probabilities = logits.ToArray();
        Vec.Softmax(probabilities);
        var evidence = new float[ScopeEvidence.Count];
        ScopeEvidence.Measure(logits, probabilities, HasOutOfScope, Vec.Dot(weights, weights), evidence);
        var outOfScope = 1 / (1 + MathF.Exp(-(Vec.Dot(evidence, calibration.Scope) + calibration.ScopeBias)));
        var norm = MathF.Max(MathF.Sqrt(Vec.Dot(embedding, embedding)), 1e-6f);
        for (var i = 0; i < embedding.Length; i++)
        {
            embedding[i] /= norm;
        }

        return (probabilities, outOfScope, embedding);
    }

    /// <summary>Rounds feature vectors to the bits in which they are stored, so that this model and its file agree.</summary>
    public void Round()
    {
        for (var row = 0; row < vocabulary.Rows; row++)
        {
            RowQuantization.Round(network.BagRow(row), weightBits);
            RowQuantization.Round(linear.Row(row), weightBits);
        }
    }
}
