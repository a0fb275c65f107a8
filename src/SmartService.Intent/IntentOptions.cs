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

    /// <summary>A call that takes longer than this fails, 10 ms to 1 min. Default: 1 s.</summary>
    public TimeSpan CallLimit { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Messages scored side by side, 1 to 1,024; further ones wait and are scored together. Default: one a processor.</summary>
    public int Lanes { get; set; } = Environment.ProcessorCount;

    /// <summary>Messages that may wait for a lane, 1 to 1,000,000; a further one is refused. Default: 10,000.</summary>
    public int WaitingMessages { get; set; } = 10_000;

    /// <summary>How often the model file is looked at; a changed one replaces the model in use. Zero: never. Default: 5 s.</summary>
    public TimeSpan ReloadEvery { get; set; } = TimeSpan.FromSeconds(5);

    internal string FullModelPath => Path.Combine(AppContext.BaseDirectory, ModelPath);

    internal string FullPredictorPath => Path.Combine(AppContext.BaseDirectory, PredictorPath);
}
