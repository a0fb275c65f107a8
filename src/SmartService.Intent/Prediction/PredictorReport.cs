namespace SmartService.Intent.Prediction;

/// <summary>What training made, measured on shoppers that were held out.</summary>
/// <param name="HitAt1">Share of askers whose question was ranked first.</param>
/// <param name="HitAt3">Share of askers whose question was among the first three.</param>
/// <param name="OrderHit">Share of questions about an order, ranked first, that were tied to the right order.</param>
/// <param name="Auroc">How well the best question's probability tells askers from the others.</param>
/// <param name="PopupPrecision">Of shoppers with a question of probability 0.6 or more, the share that asked just that.</param>
/// <param name="PopupShare">Share of shoppers with such a question.</param>
public sealed record PredictorReport(
    int Shoppers, double HitAt1, double HitAt3, double OrderHit, double Auroc, double PopupPrecision, double PopupShare, int FileBytes, TimeSpan Elapsed);
