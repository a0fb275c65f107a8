namespace SmartService.Intent.Prediction;

/// <summary>What <c>eval questions</c> measures. All figures are of simulated shoppers, and say so.</summary>
/// <param name="PerIntentRecall">For each question asked, the share of its askers for whom it was ranked first.</param>
/// <param name="OracleHitAt1">The same of the best possible reader of the simulator's parameters.</param>
/// <param name="RatioAt1">Ours over the oracle's.</param>
/// <param name="OrderHit">Of questions about an order that were ranked first, the share tied to the right order.</param>
/// <param name="PopupThreshold">The threshold shipped with the model for a precision of .9, chosen on the training parameters.</param>
/// <param name="PopupPrecision">Share of popups from that threshold whose shopper asked just that.</param>
/// <param name="PopupCoverage">Share of shoppers who would get one.</param>
/// <param name="Simulated">Always true: nobody real was measured.</param>
public sealed record QuestionsReport(
    double HitAt1, double HitAt3, double HitAt5, double Mrr, double CoverageAtPrecision90, double Ece,
    IReadOnlyDictionary<string, double> PerIntentRecall, double OracleHitAt1, double OracleHitAt3, double RatioAt1, double RatioAt3,
    double OracleCoverageAtPrecision90, double OracleEce, double OrderHit, double PopupThreshold, double PopupPrecision, double PopupCoverage,
    int Shoppers, int Askers, ulong Seed, string Split, string Model, bool Simulated = true);
