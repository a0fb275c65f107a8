namespace SmartService.Intent.Training;

/// <summary>Sizes and regularisation of one training run. Defaults were compared by cross-validation and on validation lines of public data: docs/understanding.md.</summary>
public sealed record NetworkOptions
{
    /// <summary>Size of the weighted sum of feature vectors; also the size of the sentence embedding.</summary>
    public int BagSize { get; init; } = 128;

    /// <summary>Networks in the model, each from a seed of its own; their scores are averaged, their sums stand side by side.</summary>
    public int Members { get; init; } = 2;

    public int HiddenSize { get; init; } = 256;

    public int Epochs { get; init; } = 16;

    public int BatchSize { get; init; } = 32;

    /// <summary>Share of features left out of a message each time it is seen, in [0, 1).</summary>
    public float FeatureDropout { get; init; } = 0.5f;

    /// <summary>Share of hidden units left out, in [0, 1).</summary>
    public float HiddenDropout { get; init; } = 0.5f;

    /// <summary>
    /// How far a message is pushed, as a share of the length of its sum of feature vectors, towards where it is easiest mistaken; it is
    /// learned there too. 0 leaves that out.
    /// </summary>
    public float Adversary { get; init; } = 0.3f;

    /// <summary>Probability spread over all labels, in [0, 1).</summary>
    public float LabelSmoothing { get; init; } = 0.1f;

    /// <summary>Step of row-wise AdaGrad for feature vectors.</summary>
    public float BagStep { get; init; } = 0.05f;

    /// <summary>Step of Adam for the dense layers; falls to a tenth over the run.</summary>
    public float DenseStep { get; init; } = 0.001f;

    /// <summary>Standard deviation of new feature vectors.</summary>
    public float BagInit { get; init; } = 0.1f;

    /// <summary>Cost of a margin error of the linear head; larger fits closer.</summary>
    public float LinearCost { get; init; } = 1.5f;

    public int LinearPasses { get; init; } = 12;

    /// <summary>
    /// How much a feature's rarity counts, 0 to 1: the exponent of its inverse document frequency. Null: chosen by the linear head on
    /// messages it has not seen where labels are few, for what tells a question from an order is the most common words; else 0.5.
    /// </summary>
    public float? Rarity { get; init; }

    /// <summary>A feature must occur in this many messages.</summary>
    public int MinimumTexts { get; init; } = 1;

    /// <summary>Share of words left out of what the word table says of a message, each time it is seen, in [0, 1).</summary>
    public float WordDropout { get; init; } = 0.4f;

    /// <summary>Bits a number of a feature vector is stored with, 8 or 4.</summary>
    public int WeightBits { get; init; } = 8;
}
