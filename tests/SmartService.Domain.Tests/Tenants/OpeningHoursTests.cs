using Shouldly;
using SmartService.Domain.Tenants;
using Xunit;

namespace SmartService.Domain.Tests.Tenants;

public sealed class OpeningHoursTests
{
    // 2026-11-23 is a Monday.
    private static readonly OpeningHours Hours = new(
        true, null,
        [new(DayOfWeek.Monday, new(9, 0), new(12, 0)), new(DayOfWeek.Monday, new(13, 0), new(18, 0)), new(DayOfWeek.Friday, new(22, 0), default)],
        [new(new(2026, 11, 30), "Closed"), new(new(2026, 12, 7), "Short", new(10, 0), new(11, 0))]);

    [Theory]
    [InlineData("2026-11-23T08:59:59", false)]
    [InlineData("2026-11-23T09:00:00", true)]
    [InlineData("2026-11-23T12:00:00", false)]
    [InlineData("2026-11-23T17:59:59", true)]
    [InlineData("2026-11-24T10:00:00", false)]
    [InlineData("2026-11-27T23:59:59", true)]
    [InlineData("2026-11-28T00:00:00", false)]
    [InlineData("2026-11-30T10:00:00", false)]
    [InlineData("2026-12-07T09:30:00", false)]
    [InlineData("2026-12-07T10:30:00", true)]
    public void IsOpen_ByWeekdayAndHoliday(string at, bool open) => Hours.IsOpen(Time(at)).ShouldBe(open);

    [Theory]
    [InlineData("2026-11-23T08:00:00", "2026-11-23T09:00:00")]
    [InlineData("2026-11-23T10:00:00", "2026-11-23T12:00:00")]
    [InlineData("2026-11-23T19:00:00", "2026-11-27T22:00:00")]
    [InlineData("2026-11-27T23:00:00", "2026-11-28T00:00:00")]
    [InlineData("2026-11-28T10:00:00", "2026-12-04T22:00:00")]
    public void NextChange_PassesHolidays(string at, string change) => Hours.NextChange(Time(at)).ShouldBe(Time(change));

    [Fact]
    public void Off_IsAlwaysOpenAndNeverChanges()
    {
        var off = Hours with { Enabled = false };
        off.IsOpen(Time("2026-11-24T03:00:00")).ShouldBeTrue();
        off.NextChange(Time("2026-11-24T03:00:00")).ShouldBeNull();
        (Hours with { Week = [], Holidays = [] }).NextChange(Time("2026-11-24T03:00:00")).ShouldBeNull();
    }

    private static DateTime Time(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
