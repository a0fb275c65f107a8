using SmartService.Intent.Training;

namespace SmartService.Intent.Prediction;

/// <summary>Days from which simulated shoppers come. What is tested on lies after what was learned from.</summary>
/// <param name="From">First day.</param>
/// <param name="Days">Number of days.</param>
/// <param name="Campaign">True: only a campaign's days; false: only others; null: all, a fifth of the shoppers on campaigns' days.</param>
internal sealed record SimulatedPeriod(DateTimeOffset From, int Days, bool? Campaign)
{
    private const double CampaignShare = 0.2;

    /// <summary>March to September, with the small campaigns of these months.</summary>
    public static SimulatedPeriod Training { get; } = new(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), 214, null);

    /// <summary>October, without campaigns.</summary>
    public static SimulatedPeriod Ordinary { get; } = new(new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), 31, false);

    /// <summary>The great campaign of November.</summary>
    public static SimulatedPeriod Promotion { get; } = new(new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), 30, true);

    public DateTimeOffset Draw(SeededRandom random)
    {
        var wanted = Campaign ?? random.Chance(CampaignShare);
        while (true)
        {
            var now = From.AddMinutes(random.Next(Days * 24 * 60));
            if (Campaigns.AtRetail(now).IsOn == wanted)
            {
                return now;
            }
        }
    }
}
