namespace SmartService.Intent.Evaluation;

/// <summary>Figures of the messages of one language, told by script.</summary>
public sealed record LanguageFigures(int Messages, double Accuracy, double Top3, double Auroc)
{
    internal static LanguageFigures Mean(IReadOnlyList<LanguageFigures> figures) => new(
        figures[0].Messages, figures.Average(f => f.Accuracy), figures.Average(f => f.Top3), figures.Average(f => f.Auroc));
}
