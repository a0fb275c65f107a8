using SmartService.Domain.Tenants;

namespace SmartService.Intent.Prediction;

internal static class Campaigns
{
    /// <summary>For a shop without campaigns of its own, or a simulated one; UTC is near enough for days.</summary>
    public static CampaignMoment AtRetail(DateTimeOffset now) => CampaignCalendar.AtRetail(DateOnly.FromDateTime(now.UtcDateTime));
}
