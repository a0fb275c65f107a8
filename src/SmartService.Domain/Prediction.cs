namespace SmartService.Domain;

/// <summary>One intent with its probability, in [0, 1].</summary>
public readonly record struct IntentScore(IntentId Intent, float Probability);
