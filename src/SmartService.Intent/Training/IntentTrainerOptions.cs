using SmartService.Intent.Features;
using SmartService.Intent.Words;

namespace SmartService.Intent.Training;

/// <summary>How a training run goes.</summary>
public sealed record IntentTrainerOptions
{
    /// <summary>Decides splits, starting weights, dropout and order. The same seed and data give the same model.</summary>
    public ulong Seed { get; init; } = 1;

    public FeatureSettings Features { get; init; } = new();

    public NetworkOptions Network { get; init; } = new();

    /// <summary>What is known of words before the data says anything: made by build/words. Null: nothing.</summary>
    public WordTable? Words { get; init; }

    /// <summary>Held-out messages to calibrate on. Null: a seeded split of the training data, by folds where data is scarce.</summary>
    public IReadOnlyList<LabelledText>? Validation { get; init; }

    /// <summary>Labels in the order of the output. Null: those that occur, in ordinal order, out_of_scope last.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Languages the data is in, for the model's metadata.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["en", "ko", "zh"];

    /// <summary>Where progress and time left go; null says nothing.</summary>
    public TextWriter? Progress { get; init; }
}
