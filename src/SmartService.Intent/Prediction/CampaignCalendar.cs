using System.Collections.Immutable;

namespace SmartService.Intent.Prediction;

/// <summary>Days on which shops hold great sales: other questions are asked then.</summary>
internal sealed class CampaignCalendar(ImmutableArray<CampaignCalendar.Yearly> campaigns)
{
    /// <summary>How far ahead and back a campaign is felt.</summary>
    public const int NearDays = 7;

    /// <summary>The days that much of retail shares, by date; UTC is near enough for days.</summary>
    public static CampaignCalendar Retail { get; } = new(
    [
        new(3, 6, 3), new(6, 16, 3), new(9, 9, 1), new(11, 1, 11), new(11, 27, 4), new(12, 12, 1), new(12, 24, 3),
    ]);

    public CampaignMoment At(DateTimeOffset now)
    {
        var day = now.UtcDateTime.Date;
        var (isOn, since, until) = (false, NearDays, NearDays);
        foreach (var campaign in campaigns)
        {
            for (var year = Math.Max(1, day.Year - 1); year <= Math.Min(9_998, day.Year + 1); year++)
            {
                var start = new DateTime(year, campaign.Month, campaign.Day, 0, 0, 0, DateTimeKind.Utc);
                var end = start.AddDays(campaign.Days);
                isOn |= day >= start && day < end;
                since = day >= start ? Math.Min(since, (day - start).Days) : since;
                until = day < start ? Math.Min(until, (start - day).Days) : until;
            }
        }

        return new(isOn, since, until);
    }

    /// <summary>A campaign of every year.</summary>
    internal sealed record Yearly(int Month, int Day, int Days);
}

/// <param name="DaysSince">Since a campaign began, at most <see cref="CampaignCalendar.NearDays"/>.</param>
/// <param name="DaysUntil">Until the next begins, at most the same.</param>
internal readonly record struct CampaignMoment(bool IsOn, int DaysSince, int DaysUntil);
