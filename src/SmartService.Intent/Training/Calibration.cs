namespace SmartService.Intent.Training;

/// <summary>How raw scores become probabilities and the out-of-scope score.</summary>
/// <param name="NetworkWeight">Factor on the network's scores before the softmax: mixes and calibrates in one.</param>
/// <param name="LinearWeight">Factor on the linear head's margins.</param>
/// <param name="Scope">Weights of <see cref="ScopeEvidence"/> in the out-of-scope score.</param>
/// <param name="ScopeBias">Constant of that score.</param>
internal sealed record Calibration(float NetworkWeight, float LinearWeight, float[] Scope, float ScopeBias);
