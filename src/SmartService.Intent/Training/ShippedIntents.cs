using SmartService.Domain;

namespace SmartService.Intent.Training;

/// <summary>How the model of the product is made from the utterances beside the source.</summary>
public static class ShippedIntents
{
    public const string UtterancesFolder = "src/SmartService.Intent/Training/Utterances";

    public const string ModelFile = "src/SmartService.Intent/Models/intents.onnx";

    /// <summary>Settings of the shipped model: small enough for a repository; rare features are left out for that.</summary>
    public static IntentTrainerOptions Options { get; } = new()
    {
        Labels = [.. Intents.Shipped.Select(intent => intent.Value)],
        Network = new() { MinimumTexts = 8, WeightBits = 4, Epochs = 20, BagSize = 64, Adversary = 0, Members = 1 },
    };

    /// <param name="root">The repository's root folder.</param>
    /// <exception cref="TrainingFileException">An utterance file has faulty lines or unknown labels.</exception>
    public static IReadOnlyList<LabelledText> ReadUtterances(string root) =>
        TrainingFiles.Read(Path.Combine(root, UtterancesFolder), Options.Labels);
}
