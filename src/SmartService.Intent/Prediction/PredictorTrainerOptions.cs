namespace SmartService.Intent.Prediction;

/// <summary>How the next-question model is trained.</summary>
public sealed record PredictorTrainerOptions
{
    /// <summary>Decides shoppers and weights; the same seed gives the same model.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Simulated shoppers to learn from; a fifth as many more are held out.</summary>
    public int Shoppers { get; init; } = 160_000;

    public int Epochs { get; init; } = 8;

    public int HiddenSize { get; init; } = 128;

    public TextWriter? Progress { get; init; }
}
