namespace SmartService.Assistance.Anticipation;

/// <summary>Chooses the probability from which a tenant's popups show, so that they are right as often as it wants.</summary>
internal static class PopupThreshold
{
    /// <summary>Outcomes before a tenant's own count; until then the shipped threshold holds.</summary>
    public const int FewestOutcomes = 200;

    /// <summary>Outcomes at and above a threshold before it is believed.</summary>
    private const double FewestAbove = 50;

    /// <summary>Weighs against luck: as many outcomes, half of them wrong, are added to what was seen.</summary>
    private const double Doubt = 2;

    /// <param name="outcomes">Probability, whether it was right, and one over the chance with which it was offered.</param>
    /// <param name="wanted">Precision, in [0, 1].</param>
    /// <param name="shipped">The threshold of the model's makers.</param>
    /// <returns>The lowest threshold that was precise enough; 1 when enough is known and none was.</returns>
    public static double Choose(IReadOnlyList<(double Probability, bool Right, double Weight)> outcomes, double wanted, double shipped)
    {
        if (outcomes.Count < FewestOutcomes)
        {
            return shipped;
        }

        var ordered = outcomes.OrderByDescending(outcome => outcome.Probability).ToArray();
        var (threshold, right, all, seen) = (1.0, 0.0, 0.0, 0);
        for (var i = 0; i < ordered.Length; i++)
        {
            all += ordered[i].Weight;
            right += ordered[i].Right ? ordered[i].Weight : 0;
            seen++;
            var isLastOfItsKind = i + 1 == ordered.Length || ordered[i + 1].Probability != ordered[i].Probability;
            if (isLastOfItsKind && seen >= FewestAbove && (right + (Doubt / 2)) / (all + Doubt) >= wanted)
            {
                threshold = ordered[i].Probability;
            }
        }

        return threshold;
    }
}
