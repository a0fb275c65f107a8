namespace SmartService.Domain.Popups;

/// <summary>One group of customers: how many, and how many of them came to ask by themselves.</summary>
public readonly record struct LiftGroup(long Customers, long Asked)
{
    public double Rate => Customers == 0 ? double.NaN : Asked / (double)Customers;
}

/// <summary>What popups spare shoppers, measured against the holdout group; may be looked at any time and as often as one likes.</summary>
/// <param name="Shown">Customers whom a popup was shown.</param>
/// <param name="Withheld">Customers from whom it was kept.</param>
/// <param name="Lift">Rate of asking in the withheld group less that in the shown one: above 0, popups spare questions. NaN while a group is empty.</param>
/// <param name="Low">Lower end of the confidence sequence, whatever the time of looking.</param>
/// <param name="High">Upper end.</param>
/// <param name="EValue">Evidence against "no difference": 20 or more is what 5 % is in a test that is looked at once.</param>
/// <param name="IsSure">The evidence passes 1 / <see cref="SequentialLift.Risk"/>.</param>
public sealed record LiftReport(LiftGroup Shown, LiftGroup Withheld, double Lift, double Low, double High, double EValue, bool IsSure);

/// <summary>An always-valid test of two rates.</summary>
/// <remarks>
/// Mixture sequential probability ratio test with a normal mixture over the difference: Robbins (1970); Johari, Koomen, Pekelis, Walsh,
/// <i>Always Valid Inference</i>, Operations Research (2022), section 4. By Ville's inequality the chance that the evidence ever passes
/// 1/α without a difference is at most α, up to the normal approximation, which is why small groups say nothing.
/// </remarks>
public static class SequentialLift
{
    /// <summary>Chance of ever being sure where there is nothing.</summary>
    public const double Risk = 0.05;

    /// <summary>Customers in each group before anything is said.</summary>
    public const int Fewest = 50;

    /// <summary>Differences expected beforehand, as a deviation: a popup that matters spares some points in a hundred.</summary>
    private const double Expected = 0.05;

    public static LiftReport Compare(LiftGroup shown, LiftGroup withheld)
    {
        Check(shown);
        Check(withheld);
        var lift = withheld.Rate - shown.Rate;
        if (shown.Customers < Fewest || withheld.Customers < Fewest)
        {
            return new(shown, withheld, lift, -1, 1, 1, false);
        }

        var variance = Variance(shown) + Variance(withheld);
        const double mixed = Expected * Expected;
        var both = variance + mixed;
        var evidence = Math.Sqrt(variance / both) * Math.Exp(mixed * lift * lift / (2 * variance * both));
        var width = Math.Sqrt(variance * both / mixed * (Math.Log(both / variance) + (2 * Math.Log(1 / Risk))));
        return new(shown, withheld, lift, Math.Max(-1, lift - width), Math.Min(1, lift + width), evidence, evidence >= 1 / Risk);
    }

    /// <summary>Of a rate's estimate. The added half customer of each kind keeps it above 0 when nobody or everybody asked.</summary>
    private static double Variance(LiftGroup group)
    {
        var rate = (group.Asked + 0.5) / (group.Customers + 1.0);
        return rate * (1 - rate) / group.Customers;
    }

    private static void Check(LiftGroup group)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(group.Asked, nameof(group));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(group.Asked, group.Customers, nameof(group));
    }
}
