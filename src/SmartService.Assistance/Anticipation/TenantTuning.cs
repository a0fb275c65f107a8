namespace SmartService.Assistance.Anticipation;

/// <summary>How one tenant's forecasts differ from the shipped ones, learned from its outcomes.</summary>
/// <param name="Threshold">Corrected probability from which its popups show.</param>
internal sealed record TenantTuning(OutcomeCorrection Correction, double Threshold);
