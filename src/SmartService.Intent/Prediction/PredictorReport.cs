namespace SmartService.Intent.Prediction;

/// <summary>What training made, measured on simulated shoppers of the training parameters that were held out.</summary>
/// <param name="HitAt1">Share of askers whose question was ranked first.</param>
/// <param name="HitAt3">Share of askers whose question was among the first three.</param>
/// <param name="Auroc">How well the best question's probability tells askers from the others.</param>
/// <param name="Ece">Expected calibration error of the best question's probability.</param>
/// <param name="PopupThreshold">Probability from which nine in ten popups are right.</param>
/// <param name="PopupShare">Share of shoppers who would get one.</param>
public sealed record PredictorReport(
    int Shoppers, double HitAt1, double HitAt3, double Auroc, double Ece, double PopupThreshold, double PopupShare, int FileBytes, TimeSpan Elapsed);
