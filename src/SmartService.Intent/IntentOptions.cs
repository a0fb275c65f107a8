namespace SmartService.Intent;

/// <summary>Settings of understanding and prediction, under <c>SmartService:Intent</c>.</summary>
public sealed class IntentOptions
{
    public const string Section = "SmartService:Intent";

    /// <summary>Intent model. Default: the shipped one, beside the program. A relative path starts there too.</summary>
    public string ModelPath { get; set; } = Path.Combine("Models", "intents.onnx");

    /// <summary>Next-question model. Default: the shipped one, beside the program.</summary>
    public string PredictorPath { get; set; } = Path.Combine("Models", "predictor.onnx");

    /// <summary>Idle scoring contexts kept (about 1 MB each), 1 to 1,024. Default: four a processor.</summary>
    public int KeptContexts { get; set; } = 4 * Environment.ProcessorCount;

    internal string FullModelPath => Path.Combine(AppContext.BaseDirectory, ModelPath);

    internal string FullPredictorPath => Path.Combine(AppContext.BaseDirectory, PredictorPath);
}
