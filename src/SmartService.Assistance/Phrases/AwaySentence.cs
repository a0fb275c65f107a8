using System.Globalization;
using SmartService.Assistance.Answers;
using SmartService.Domain.Tenants;

namespace SmartService.Assistance.Phrases;

/// <summary>Outside their hours: when people are back. The same in every tone, for it is a promise.</summary>
internal static class AwaySentence
{
    private static readonly Localized Back = new(
        "지금은 상담 시간이 아니며, {0}부터 답변드리겠습니다.", "现在不是人工服务时间，客服人员将从{0}开始回复。", "Our team is away right now and will be back {0}.");

    private static readonly Localized Unknown = new(
        "지금은 상담 시간이 아니며, 상담이 다시 시작되는 대로 답변드리겠습니다.", "现在不是人工服务时间，恢复服务后会尽快回复您。", "Our team is away right now and will reply as soon as it is back.");

    private static readonly Localized Today = new("오늘 {0}", "今天{0}", "today at {0}");
    private static readonly Localized Tomorrow = new("내일 {0}", "明天{0}", "tomorrow at {0}");
    private static readonly Localized Later = new("{1} {0}", "{1}{0}", "on {1} at {0}");

    /// <returns>Null while people are there, and for a store without hours.</returns>
    public static string? At(TenantPolicy policy, TenantProfile profile, string language, DateTimeOffset now)
    {
        if (policy.Hours is not { Enabled: true } hours)
        {
            return null;
        }

        var zone = Formats.ZoneOf(hours.TimeZone ?? profile.TimeZone);
        return hours.IsOpen(now, zone)
            ? null
            : hours.NextChange(now, zone) is { } back ? Said(Back, language, When(back, profile, language, zone, now)) : Unknown.In(language);
    }

    private static string When(DateTimeOffset back, TenantProfile profile, string language, TimeZoneInfo zone, DateTimeOffset now)
    {
        var days = DateOnly.FromDateTime(back.DateTime).DayNumber - Formats.DayIn(zone.Id, now).DayNumber;
        var clock = back.ToString("HH:mm", CultureInfo.InvariantCulture) + (Language.Of(profile.Locale) == language ? "" : Offset(back, language));
        return Said(days switch { 0 => Today, 1 => Tomorrow, _ => Later }, language, clock, Formats.Date(back, language, zone.Id, now));
    }

    /// <summary>Who does not speak the store's language may not live by its clock.</summary>
    private static string Offset(DateTimeOffset at, string language)
    {
        var offset = at.Offset == TimeSpan.Zero
            ? "UTC"
            : string.Create(CultureInfo.InvariantCulture, $"UTC{(at.Offset < TimeSpan.Zero ? '-' : '+')}{at.Offset:h\\:mm}");
        return language == "zh" ? $"（{offset}）" : $" ({offset})";
    }

    private static string Said(Localized sentence, string language, params object[] parts) => string.Format(CultureInfo.InvariantCulture, sentence.In(language), parts);
}
