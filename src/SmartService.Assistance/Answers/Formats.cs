using System.Collections.Concurrent;
using System.Globalization;

namespace SmartService.Assistance.Answers;

/// <summary>Dates and money as a shopper of the language reads them.</summary>
/// <remarks>Own tables: the result must not depend on the ICU data of the machine.</remarks>
internal static class Formats
{
    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Zones = new(StringComparer.Ordinal);
    private static readonly string[] KoDays = ["일", "월", "화", "수", "목", "금", "토"];
    private static readonly string[] ZhDays = ["日", "一", "二", "三", "四", "五", "六"];
    private static readonly string[] EnDays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] EnMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>"11월 24일(화)", "11月24日（周二）", "Tue, 24 Nov"; with the year when it is not this one.</summary>
    /// <param name="zone">IANA name; UTC where the machine does not know it.</param>
    public static string Date(DateTimeOffset at, string language, string zone, DateTimeOffset now)
    {
        var day = DayIn(zone, at);
        var year = day.Year != DayIn(zone, now).Year;
        var weekday = (int)day.DayOfWeek;
        return language switch
        {
            "ko" => string.Create(CultureInfo.InvariantCulture, $"{(year ? $"{day.Year}년 " : "")}{day.Month}월 {day.Day}일({KoDays[weekday]})"),
            "zh" => string.Create(CultureInfo.InvariantCulture, $"{(year ? $"{day.Year}年" : "")}{day.Month}月{day.Day}日（周{ZhDays[weekday]}）"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{EnDays[weekday]}, {day.Day} {EnMonths[day.Month - 1]}{(year ? $" {day.Year}" : "")}"),
        };
    }

    /// <summary>The calendar day in the tenant's time zone.</summary>
    public static DateOnly DayIn(string zone, DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, ZoneOf(zone)).DateTime);

    /// <summary>"₩24,000", "¥399", "$349.00"; other currencies by their code.</summary>
    public static string Money(decimal amount, string currency)
    {
        var whole = amount == decimal.Truncate(amount);
        var (sign, decimals) = currency.ToUpperInvariant() switch
        {
            "KRW" => ("₩", whole ? 0 : 2),
            "CNY" or "JPY" => ("¥", whole ? 0 : 2),
            "USD" => ("$", 2),
            "EUR" => ("€", 2),
            "GBP" => ("£", 2),
            var code => (code + " ", 2),
        };
        return (amount < 0 ? "-" : "") + sign + Math.Abs(amount).ToString("N" + decimals, CultureInfo.InvariantCulture);
    }

    /// <param name="zone">IANA name; UTC where the machine does not know it.</param>
    public static TimeZoneInfo ZoneOf(string zone) =>
        Zones.GetOrAdd(zone, static id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : TimeZoneInfo.Utc);
}
