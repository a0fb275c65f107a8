namespace SmartService.Intent.Evaluation;

/// <summary>Figures of one model on test messages. Shares in [0, 1]; NaN where the data lets nothing be measured.</summary>
/// <param name="Messages">In-scope messages.</param>
/// <param name="Accuracy">Best label is right; a message taken for out of scope counts as wrong.</param>
/// <param name="MacroF1">Mean over labels.</param>
/// <param name="Top3">The right label is among the best three.</param>
/// <param name="Auroc">Probability that an out-of-scope message scores above an in-scope one.</param>
/// <param name="OosRecallAt10">Out-of-scope messages found when one in ten in-scope messages may be rejected.</param>
/// <param name="Ece">Expected calibration error, 15 bins.</param>
/// <param name="Speed">How fast the model is here.</param>
/// <param name="ByLanguage">Figures by script of the message.</param>
/// <param name="Confusion">Wrong answers, most frequent first.</param>
public sealed record EvaluationReport(
    int Messages,
    double Accuracy,
    double MacroF1,
    double Top3,
    double Auroc,
    double OosRecallAt10,
    double Ece,
    SpeedReport Speed,
    IReadOnlyDictionary<string, LanguageFigures> ByLanguage,
    IReadOnlyList<Confusion> Confusion);

/// <summary>So many messages that mean one intent were taken for another.</summary>
public sealed record Confusion(string Expected, string Given, int Messages);

/// <summary>How fast a model is on this machine, one thread, from text to scores.</summary>
/// <param name="SinglePerSecond">Messages a second, one by one.</param>
/// <param name="BatchedPerSecond">The same in batches of 64.</param>
/// <param name="P50Micros">Median time of one message.</param>
/// <param name="P99Micros">99th percentile of it.</param>
/// <param name="BytesPerCall">Managed bytes allocated by one call.</param>
/// <param name="FloorMicros">Median time of the runtime's call of a graph that does nothing: under it no call can be.</param>
public sealed record SpeedReport(
    double SinglePerSecond, double BatchedPerSecond, double P50Micros, double P99Micros, double BytesPerCall, double FloorMicros);
