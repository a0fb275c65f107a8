namespace SmartService.Intent.Training;

/// <summary>How raw scores become probabilities and the out-of-scope score.</summary>
/// <param name="NetworkWeight">Factor on the networks' mean scores before the softmax: mixes and calibrates in one.</param>
/// <param name="LinearWeight">Factor on the linear head's margins.</param>
internal sealed record Calibration(float NetworkWeight, float LinearWeight, ScopeWeights Scope);

/// <summary>A logistic model over <see cref="ScopeEvidence"/>.</summary>
internal sealed record ScopeWeights(float[] Weights, float Bias);
