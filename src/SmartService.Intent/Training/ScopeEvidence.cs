namespace SmartService.Intent.Training;

/// <summary>What tells that a message is out of scope, in this order: odds of the class, energy, best in-scope probability, known share.</summary>
/// <remarks>Energy: Liu et al., <i>Energy-based Out-of-distribution Detection</i> (2020). Best probability: Hendrycks and Gimpel (2017).</remarks>
internal static class ScopeEvidence
{
    public const int Count = 4;
    public const float OddsLimit = 12;

    /// <param name="logits">Mixed scores; out_of_scope, if the model has it, is last.</param>
    /// <param name="probabilities">Softmax of <paramref name="logits"/>.</param>
    /// <param name="known">Sum of squared feature weights: how much of the message the model has seen before.</param>
    public static void Measure(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> probabilities, bool hasOutOfScope, float known, Span<float> evidence)
    {
        var inScope = hasOutOfScope ? logits.Length - 1 : logits.Length;
        var top = float.NegativeInfinity;
        var best = 0f;
        for (var i = 0; i < inScope; i++)
        {
            top = MathF.Max(top, logits[i]);
            best = MathF.Max(best, probabilities[i]);
        }

        var sum = 0f;
        for (var i = 0; i < inScope; i++)
        {
            sum += MathF.Exp(logits[i] - top);
        }

        var energy = top + MathF.Log(sum);
        evidence[0] = hasOutOfScope ? Math.Clamp(logits[^1] - energy, -OddsLimit, OddsLimit) : 0;
        evidence[1] = energy;
        evidence[2] = best;
        evidence[3] = known;
    }
}
