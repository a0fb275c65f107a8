namespace SmartService.Intent.Training;

/// <summary>Chooses how to mix the heads and how to tell what is out of scope, on messages the weights have not seen.</summary>
/// <remarks>One temperature for each head: Guo et al., <i>On Calibration of Modern Neural Networks</i> (2017).</remarks>
internal static class Calibrator
{
    /// <param name="strangers">Scores of heads that do not know every label; label -1 is out of scope to them. Empty to judge by <paramref name="scores"/>.</param>
    public static Calibration Fit(IReadOnlyList<RawScore> scores, bool hasOutOfScope, IReadOnlyList<RawScore> strangers)
    {
        var (network, linear) = FitMix(scores);
        return new(network, linear, FitScope(strangers.Count > 0 ? strangers : scores, network, linear, hasOutOfScope));
    }

    private static (float Network, float Linear) FitMix(IReadOnlyList<RawScore> scores)
    {
        double network = 1, linear = 1;
        var best = Loss(scores, network, linear);
        // Pattern search on the logarithms: the loss is convex in the two weights.
        for (var stride = 2.0; stride > 1.01; stride = Math.Sqrt(stride))
        {
            for (var improved = true; improved;)
            {
                improved = false;
                foreach (var (n, l) in new (double, double)[] { (stride, 1), (1 / stride, 1), (1, stride), (1, 1 / stride) })
                {
                    var loss = Loss(scores, network * n, linear * l);
                    if (loss < best - 1e-9 && network * n is > 1e-3 and < 1e2 && linear * l is > 1e-3 and < 1e2)
                    {
                        (best, network, linear, improved) = (loss, network * n, linear * l, true);
                    }
                }
            }
        }

        return ((float)network, (float)linear);
    }

    private static double Loss(IReadOnlyList<RawScore> scores, double network, double linear)
    {
        var total = 0.0;
        Span<float> logits = stackalloc float[scores[0].Network.Length];
        foreach (var score in scores)
        {
            Mix(score, (float)network, (float)linear, logits);
            var label = logits[score.Label];
            total += Vec.Softmax(logits) - label;
        }

        return total / scores.Count;
    }

    private static void Mix(RawScore score, float network, float linear, Span<float> logits)
    {
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = (network * score.Network[i]) + (linear * score.Linear[i]);
        }
    }

    private static ScopeWeights FitScope(
        IReadOnlyList<RawScore> scores, float network, float linear, bool hasOutOfScope)
    {
        var outside = hasOutOfScope ? scores[0].Network.Length - 1 : -1;
        var positives = scores.Count(s => s.Label == outside);
        if (positives < 5 || positives == scores.Count)
        {
            // Nothing to learn from: doubt about the best intent is all there is.
            return new([0, 0, -8, 0], 4);
        }

        // How much of a message is known tells strangers apart where other labels stand in for them. Where real ones are there it is left
        // out: held-out messages are worded like their neighbours in the data, real ones are not, so it would count for too much.
        var signs = hasOutOfScope ? ScopeEvidence.Count - 1 : ScopeEvidence.Count;
        var evidence = new double[scores.Count][];
        var logits = new float[scores[0].Network.Length];
        var measured = new float[ScopeEvidence.Count];
        for (var i = 0; i < scores.Count; i++)
        {
            Mix(scores[i], network, linear, logits);
            var probabilities = logits.ToArray();
            Vec.Softmax(probabilities);
            ScopeEvidence.Measure(logits, probabilities, hasOutOfScope, scores[i].Known, measured);
            evidence[i] = [.. measured.Take(signs).Select(m => (double)m), 1];
        }

        var weights = LogisticRegression.Fit(evidence, [.. scores.Select(s => s.Label == outside)], ridge: 1);
        var used = new float[ScopeEvidence.Count];
        for (var i = 0; i < signs; i++)
        {
            used[i] = (float)weights[i];
        }

        return new(used, (float)weights[^1]);
    }
}
