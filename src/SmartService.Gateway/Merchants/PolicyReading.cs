using System.Collections.Immutable;
using System.Globalization;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Popups;
using SmartService.Domain.Tenants;
using SmartService.Gateway.Faults;

namespace SmartService.Gateway.Merchants;

internal sealed record SpanView(string? Day, string? From, string? To);

internal sealed record HolidayView(DateOnly? Date, string? Name, string? From, string? To);

internal sealed record HoursView(bool? Enabled, string? TimeZone, IReadOnlyList<SpanView?>? Week, IReadOnlyList<HolidayView?>? Holidays);

internal sealed record HandOffView(IReadOnlyList<string?>? Intents, int? AfterFailures);

/// <summary>A policy as sent, laid over the one that holds: fields that are not sent stay.</summary>
internal static class PolicyReading
{
    private const string TimeForm = "HH:mm";
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly string[] Clearable = ["discountLimit", "retentionDays", "handOff", "hours"];

    public static TenantPolicy Merge(Checks checks, TenantPolicy now, PolicyView sent)
    {
        var clear = (sent.Clear ?? []).ToHashSet(StringComparer.Ordinal);
        checks.Must(clear.IsSubsetOf(Clearable), "clear", "of " + string.Join(", ", Clearable));
        var merged = new TenantPolicy(
            sent.Tone ?? now.Tone,
            sent.ForbiddenWords is { } words ? [.. words] : now.ForbiddenWords,
            Merge(now.Popups, sent.Popups),
            Merge(now.Bot, sent.Bot),
            sent.MessagesPerMinute ?? now.MessagesPerMinute)
        {
            Hours = clear.Contains("hours") ? null : sent.Hours is { } hours ? Read(checks, hours, now.Hours) : now.Hours,
            Languages = sent.Languages is { } languages ? [.. languages.Distinct(StringComparer.Ordinal)] : now.Languages,
            DiscountLimit = clear.Contains("discountLimit") ? null : sent.DiscountLimit ?? now.DiscountLimit,
            HandOff = clear.Contains("handOff") ? null : sent.HandOff is { } handOff ? Read(checks, handOff, now.HandOff) : now.HandOff,
            RetentionDays = clear.Contains("retentionDays") ? null : sent.RetentionDays ?? now.RetentionDays,
        };
        checks.AddRange(PolicyRules.Check(merged).ToFaults());
        return merged;
    }

    public static PolicyView ToView(TenantPolicy p) => new(
        p.Tone, p.ForbiddenWords, p.MessagesPerMinute,
        new(p.Popups.Enabled, p.Popups.PerSession, p.Popups.PerDay, p.Popups.Pause.TotalSeconds, p.Popups.HoldoutShare, p.Popups.MinProbability,
            p.Popups.Precision, p.Popups.ExploreShare),
        new(p.Bot.AnswerFrom, p.Bot.ClarifyFrom, p.Bot.MaxClarifications, p.Bot.Autonomy),
        p.Hours is { } hours ? ToView(hours) : null,
        p.Languages.IsDefault ? [] : p.Languages,
        p.DiscountLimit,
        p.HandOff is { } handOff ? new([.. (handOff.Intents.IsDefault ? [] : handOff.Intents).Select(i => i.Value)], handOff.AfterFailures) : null,
        p.RetentionDays);

    private static HoursView ToView(OpeningHours hours) => new(
        hours.Enabled, hours.TimeZone,
        [.. (hours.Week.IsDefault ? [] : hours.Week).Select(s => new SpanView(Days[(int)s.Day], Text(s.From), Text(s.To)))],
        [.. (hours.Holidays.IsDefault ? [] : hours.Holidays).Select(h => new HolidayView(
            h.Date, h.Name, h.From is { } from ? Text(from) : null, h.To is { } to ? Text(to) : null))]);

    private static OpeningHours Read(Checks checks, HoursView sent, OpeningHours? now)
    {
        var zone = sent.TimeZone ?? now?.TimeZone;
        checks.Must(zone is null || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), "hours.timeZone", "an IANA name such as Asia/Seoul that this server knows");
        return new(sent.Enabled ?? now?.Enabled ?? true, zone, Week(checks, sent.Week, now), Holidays(checks, sent.Holidays, now));
    }

    private static ImmutableArray<OpenSpan> Week(Checks checks, IReadOnlyList<SpanView?>? sent, OpeningHours? now)
    {
        if (sent is null)
        {
            return now?.Week ?? [];
        }

        var week = ImmutableArray.CreateBuilder<OpenSpan>(sent.Count);
        for (var i = 0; i < sent.Count; i++)
        {
            var day = Array.IndexOf(Days, sent[i]?.Day);
            checks.Must(day >= 0, $"hours.week[{i}].day", "one of mon, tue, wed, thu, fri, sat, sun");
            week.Add(new((DayOfWeek)Math.Max(day, 0), Time(checks, $"hours.week[{i}].from", sent[i]?.From) ?? default, Time(checks, $"hours.week[{i}].to", sent[i]?.To) ?? default));
        }

        return week.DrainToImmutable();
    }

    private static ImmutableArray<Holiday> Holidays(Checks checks, IReadOnlyList<HolidayView?>? sent, OpeningHours? now)
    {
        if (sent is null)
        {
            return now?.Holidays ?? [];
        }

        var days = ImmutableArray.CreateBuilder<Holiday>(sent.Count);
        for (var i = 0; i < sent.Count; i++)
        {
            var h = sent[i];
            checks.Must(h?.Date is not null, $"hours.holidays[{i}].date", "a day such as 2026-12-25");
            days.Add(new(
                h?.Date ?? default, h?.Name, h?.From is null ? null : Time(checks, $"hours.holidays[{i}].from", h.From), h?.To is null ? null : Time(checks, $"hours.holidays[{i}].to", h.To)));
        }

        return days.DrainToImmutable();
    }

    private static HandOffRules Read(Checks checks, HandOffView sent, HandOffRules? now)
    {
        var intents = sent.Intents is null ? now?.Intents ?? [] : [.. sent.Intents.Select(i => new IntentId(i ?? ""))];
        checks.Must(intents.All(i => Identifiers.IsIntent(i.Value)), "handOff.intents", "intents such as payment.double_charge");
        return new(intents, sent.AfterFailures ?? now?.AfterFailures ?? 0);
    }

    private static TimeOnly? Time(Checks checks, string field, string? text)
    {
        // "24:00" is how many write the end of a day.
        if (text == "24:00")
        {
            return default(TimeOnly);
        }

        if (TimeOnly.TryParseExact(text, TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        checks.Add(field, "a time such as 09:00");
        return null;
    }

    private static string Text(TimeOnly time) => time.ToString(TimeForm, CultureInfo.InvariantCulture);

    private static PopupPolicy Merge(PopupPolicy now, PopupPolicyView? sent) => sent is null ? now : new(
        sent.Enabled ?? now.Enabled,
        sent.PerSession ?? now.PerSession,
        sent.PerDay ?? now.PerDay,
        sent.PauseSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1_000_000)) : now.Pause,
        sent.HoldoutShare ?? now.HoldoutShare,
        sent.MinProbability ?? now.MinProbability,
        sent.Precision ?? now.Precision,
        sent.ExploreShare ?? now.ExploreShare);

    private static BotPolicy Merge(BotPolicy now, BotPolicyView? sent) => sent is null ? now : new(
        sent.AnswerFrom ?? now.AnswerFrom,
        sent.ClarifyFrom ?? now.ClarifyFrom,
        sent.MaxClarifications ?? now.MaxClarifications,
        sent.Autonomy ?? now.Autonomy);
}
