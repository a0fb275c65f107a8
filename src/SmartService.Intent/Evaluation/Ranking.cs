namespace SmartService.Intent.Evaluation;

/// <summary>Figures over scores.</summary>
public static class Ranking
{
    private const int Bins = 15;

    /// <summary>Probability that a positive scores above a negative; ties count half. NaN when either is missing.</summary>
    public static double Auroc(IReadOnlyList<float> positives, IReadOnlyList<float> negatives)
    {
        if (positives.Count == 0 || negatives.Count == 0)
        {
            return double.NaN;
        }

        var sorted = negatives.ToArray();
        Array.Sort(sorted);
        var wins = 0.0;
        foreach (var positive in positives)
        {
            var below = LowerBound(sorted, positive);
            var upTo = below;
            while (upTo < sorted.Length && sorted[upTo] == positive)
            {
                upTo++;
            }

            wins += below + ((upTo - below) / 2.0);
        }

        return wins / positives.Count / negatives.Count;
    }

    /// <summary>Share of positives above the score that at most <paramref name="rejected"/> of the negatives exceed.</summary>
    public static double RecallAt(double rejected, IReadOnlyList<float> positives, IReadOnlyList<float> negatives)
    {
        if (positives.Count == 0 || negatives.Count == 0)
        {
            return double.NaN;
        }

        var sorted = negatives.OrderDescending().ToArray();
        var threshold = sorted[Math.Min(sorted.Length - 1, (int)(rejected * sorted.Length))];
        return positives.Count(p => p > threshold) / (double)positives.Count;
    }

    /// <summary>Expected calibration error: mean gap between confidence and accuracy over equal bins.</summary>
    public static double CalibrationError(IReadOnlyList<(float Confidence, bool Right)> outcomes) =>
        outcomes.GroupBy(o => Math.Min(Bins - 1, (int)(o.Confidence * Bins)))
            .Sum(bin => bin.Count() / (double)outcomes.Count
                * Math.Abs(bin.Average(o => o.Confidence) - bin.Average(o => o.Right ? 1.0 : 0)));

    /// <summary>Mean over labels of the harmonic mean of precision and recall.</summary>
    public static double MacroF1(IReadOnlyList<(int Expected, int Given)> outcomes, int labels)
    {
        var scores = new List<double>();
        for (var label = 0; label < labels; label++)
        {
            var hits = outcomes.Count(o => o.Expected == label && o.Given == label);
            var expected = outcomes.Count(o => o.Expected == label);
            var given = outcomes.Count(o => o.Given == label);
            if (expected > 0)
            {
                scores.Add(2.0 * hits / (expected + given));
            }
        }

        return scores.Count == 0 ? double.NaN : scores.Average();
    }

    private static int LowerBound(float[] sorted, float value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
