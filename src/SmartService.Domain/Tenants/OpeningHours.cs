using System.Collections.Immutable;

namespace SmartService.Domain.Tenants;

/// <summary>A span of a weekday; <paramref name="To"/> 00:00 is the end of the day.</summary>
public sealed record OpenSpan(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>A day unlike its weekday: closed, or open at other times.</summary>
public sealed record Holiday(DateOnly Date, string? Name = null, TimeOnly? From = null, TimeOnly? To = null);

/// <summary>When people of the store answer.</summary>
/// <param name="TimeZone">IANA name; null for the store's own.</param>
public sealed record OpeningHours(bool Enabled, string? TimeZone, ImmutableArray<OpenSpan> Week, ImmutableArray<Holiday> Holidays)
{
    public const int MaxSpans = 42;
    public const int MaxHolidays = 100;
    private const int DaysAhead = 15;

    /// <param name="local">Clock of the store's time zone.</param>
    public bool IsOpen(DateTime local) => !Enabled || Spans(DateOnly.FromDateTime(local)).Any(s => s.From <= local.TimeOfDay && local.TimeOfDay < s.To);

    /// <summary>When that changes next, on the store's clock; null when not within two weeks.</summary>
    public DateTime? NextChange(DateTime local)
    {
        if (!Enabled)
        {
            return null;
        }

        var open = IsOpen(local);
        for (var day = 0; day < DaysAhead; day++)
        {
            var date = DateOnly.FromDateTime(local).AddDays(day);
            foreach (var (from, to) in Spans(date))
            {
                foreach (var edge in new[] { date.ToDateTime(default) + from, date.ToDateTime(default) + to })
                {
                    if (edge > local && IsOpen(edge) != open)
                    {
                        return edge;
                    }
                }
            }
        }

        return null;
    }

    public bool IsOpen(DateTimeOffset now, TimeZoneInfo zone) => IsOpen(TimeZoneInfo.ConvertTime(now, zone).DateTime);

    /// <summary>When that changes next, on the clock of the zone; null when not within two weeks.</summary>
    /// <remarks>An hour that the clock leaps over in spring counts as the one after it.</remarks>
    public DateTimeOffset? NextChange(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (NextChange(TimeZoneInfo.ConvertTime(now, zone).DateTime) is not { } next)
        {
            return null;
        }

        var local = zone.IsInvalidTime(next) ? next.AddHours(1) : next;
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private IEnumerable<(TimeSpan From, TimeSpan To)> Spans(DateOnly date)
    {
        if (Holidays.OrEmpty().FirstOrDefault(h => h.Date == date) is { } holiday)
        {
            return holiday is { From: { } from, To: { } to } ? [(from.ToTimeSpan(), End(to))] : [];
        }

        return Week.OrEmpty().Where(s => s.Day == date.DayOfWeek).Select(s => (s.From.ToTimeSpan(), End(s.To))).Order();
    }

    private static TimeSpan End(TimeOnly to) => to == default ? TimeSpan.FromDays(1) : to.ToTimeSpan();
}
