namespace SmartService.Intent.Prediction;

/// <summary>How well questions were foreseen.</summary>
/// <param name="HitAt1">Share of askers whose question was ranked first.</param>
/// <param name="HitAt3">Among the first three.</param>
/// <param name="HitAt5">Among the first five.</param>
/// <param name="Mrr">Mean over askers of one over the rank of their question.</param>
/// <param name="CoverageAtPrecision90">Largest share of all shoppers that can be picked by the best question's probability so that
/// nine in ten of them ask just that.</param>
/// <param name="Ece">Expected calibration error of the best question's probability, over all shoppers, 15 bins.</param>
/// <param name="LogLoss">Mean negative logarithm of the probability given to what happened.</param>
internal sealed record QuestionFigures(
    double HitAt1, double HitAt3, double HitAt5, double Mrr, double CoverageAtPrecision90, double Ece, double LogLoss);
