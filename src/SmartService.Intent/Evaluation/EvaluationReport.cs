namespace SmartService.Intent.Evaluation;

/// <summary>Figures of one model on test messages. Shares in [0, 1]; NaN where the data lets nothing be measured.</summary>
/// <param name="Messages">In-scope messages.</param>
/// <param name="Accuracy">Best label is right; a message taken for out of scope counts as wrong.</param>
/// <param name="MacroF1">Mean over labels.</param>
/// <param name="Top3">The right label is among the best three.</param>
/// <param name="Auroc">Probability that an out-of-scope message scores above an in-scope one.</param>
/// <param name="OosRecallAt10">Out-of-scope messages found when one in ten in-scope messages may be rejected.</param>
/// <param name="Ece">Expected calibration error, 15 bins.</param>
/// <param name="SinglePerSecond">Messages a second, one by one, one thread, text to scores.</param>
/// <param name="BatchedPerSecond">The same in batches of 32.</param>
/// <param name="P50Micros">Median time of one message.</param>
/// <param name="P99Micros">99th percentile of it.</param>
/// <param name="BytesPerCall">Managed bytes allocated by one call.</param>
/// <param name="ByLanguage">Accuracy by script of the message.</param>
public sealed record EvaluationReport(
    int Messages,
    double Accuracy,
    double MacroF1,
    double Top3,
    double Auroc,
    double OosRecallAt10,
    double Ece,
    double SinglePerSecond,
    double BatchedPerSecond,
    double P50Micros,
    double P99Micros,
    double BytesPerCall,
    IReadOnlyDictionary<string, LanguageFigures> ByLanguage);
