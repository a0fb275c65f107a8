namespace SmartService.Intent.Evaluation;

/// <summary>Figures of the messages of one language, told by script.</summary>
public sealed record LanguageFigures(int Messages, double Accuracy, double Top3, double Auroc);
