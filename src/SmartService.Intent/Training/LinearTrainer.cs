namespace SmartService.Intent.Training;

/// <summary>
/// One-vs-rest support vector machines with squared hinge loss, by dual coordinate descent, all labels at once: every label's
/// problem visits the messages in the same order, so one pass over a message's features serves them all.
/// </summary>
/// <remarks>Hsieh et al., <i>A Dual Coordinate Descent Method for Large-scale Linear SVM</i> (2008), algorithm 1 with L2 loss.</remarks>
internal static class LinearTrainer
{
    /// <param name="words">What is known of some rows beforehand; null: nothing.</param>
    public static LinearHead Train(
        NetworkOptions options, Samples samples, int rows, int labels, ulong seed, WordRows? words = null, CancellationToken ct = default)
    {
        var head = new LinearHead(rows, labels);
        var random = new SeededRandom(seed);
        var alpha = new float[samples.Count * labels];
        var order = Enumerable.Range(0, samples.Count).ToArray();
        var diagonal = 0.5f / options.LinearCost;
        var change = new float[labels];
        var meanings = words is null ? null : new WordMargins(words, labels);
        for (var pass = 0; pass < options.LinearPasses; pass++)
        {
            ct.ThrowIfCancellationRequested();
            random.Shuffle(order.AsSpan());
            foreach (var sample in order)
            {
                var features = samples.Rows(sample);
                var weights = samples.Weights(sample);
                head.Forward(features, weights, change);
                var curvature = Vec.Dot(weights, weights) + 1 + diagonal + (meanings?.Forward(features, weights, change) ?? 0);
                var duals = alpha.AsSpan(sample * labels, labels);
                for (var label = 0; label < labels; label++)
                {
                    var side = label == samples.Labels[sample] ? 1f : -1f;
                    var slope = (side * change[label]) - 1 + (diagonal * duals[label]);
                    var next = MathF.Max(0, duals[label] - (slope / curvature));
                    change[label] = (next - duals[label]) * side;
                    duals[label] = next;
                }

                // The bias is the weight of a feature that every message has.
                Vec.AddScaled(change, 1, head.Bias);
                meanings?.Move(change);
                for (var i = 0; i < features.Length; i++)
                {
                    Vec.AddScaled(change, weights[i], head.Row(features[i]));
                }
            }
        }

        meanings?.Fold(head);
        return head;
    }
}
