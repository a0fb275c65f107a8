using System.Collections.Immutable;

namespace SmartService.Domain.Tenants;

/// <summary>Days on which a shop holds a sale: other questions are asked then.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="From">First day, in the shop's time zone.</param>
/// <param name="To">Last day, at most <see cref="CampaignRules.MostDays"/> after the first.</param>
public sealed record Campaign(string Name, DateOnly From, DateOnly To);

/// <summary>How near a day is to a shop's campaigns.</summary>
/// <param name="DaysSince">Since a campaign began, at most <see cref="CampaignCalendar.NearDays"/>.</param>
/// <param name="DaysUntil">Until the next begins, at most the same.</param>
public readonly record struct CampaignMoment(bool IsOn, int DaysSince, int DaysUntil);

/// <summary>Campaigns by day.</summary>
public static class CampaignCalendar
{
    /// <summary>How far ahead and back a campaign is felt.</summary>
    public const int NearDays = 7;

    /// <summary>The days that much of retail shares, by month, day and length.</summary>
    private static readonly ImmutableArray<(int Month, int Day, int Days)> Retail =
        [(3, 6, 3), (6, 16, 3), (9, 9, 1), (11, 1, 11), (11, 27, 4), (12, 12, 1), (12, 24, 3)];

    /// <summary>For a shop that named no campaigns of its own.</summary>
    public static CampaignMoment AtRetail(DateOnly day)
    {
        var nearest = Far;
        foreach (var (month, first, days) in Retail)
        {
            for (var year = Math.Max(1, day.Year - 1); year <= Math.Min(9_998, day.Year + 1); year++)
            {
                var from = new DateOnly(year, month, first);
                nearest = Nearer(nearest, day, from, from.AddDays(days - 1));
            }
        }

        return nearest;
    }

    /// <param name="campaigns">A shop's own; when it has none, retail's.</param>
    public static CampaignMoment At(ImmutableArray<Campaign> campaigns, DateOnly day) =>
        campaigns.IsDefaultOrEmpty ? AtRetail(day) : campaigns.Aggregate(Far, (nearest, campaign) => Nearer(nearest, day, campaign.From, campaign.To));

    private static CampaignMoment Far => new(false, NearDays, NearDays);

    private static CampaignMoment Nearer(CampaignMoment nearest, DateOnly day, DateOnly from, DateOnly to)
    {
        var since = day.DayNumber - from.DayNumber;
        return new(
            nearest.IsOn || (day >= from && day <= to),
            since >= 0 ? Math.Min(nearest.DaysSince, since) : nearest.DaysSince,
            since < 0 ? Math.Min(nearest.DaysUntil, -since) : nearest.DaysUntil);
    }
}
