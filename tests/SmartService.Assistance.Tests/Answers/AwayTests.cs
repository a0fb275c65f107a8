using SmartService.Assistance.Tests.World;
using SmartService.Domain;
using SmartService.Domain.Tenants;

namespace SmartService.Assistance.Tests.Answers;

/// <summary>A person is asked for when none is there: the shopper is told when people are back. The store lives in Seoul; noon there is a Tuesday's.</summary>
public sealed class AwayTests
{
    private static readonly OpeningHours Mornings = new(
        true, null, [.. new[] { DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Friday }.Select(day => new OpenSpan(day, new(9, 0), new(11, 0)))], []);

    [Theory]
    [InlineData("ko", "내일 09:00부터")]
    [InlineData("zh", "明天09:00（UTC+9:00）开始")]
    [InlineData("en", "back tomorrow at 09:00 (UTC+9:00).")]
    public async Task PersonAskedFor_OutsideTheHours_SaysWhenPeopleAreBack(string locale, string said)
    {
        await using var store = await OpenAsync(Mornings);
        await store.AskAsync("hello", locale);
        (await PersonAsync(store)).ShouldContain(said);
    }

    [Fact]
    public async Task PersonAskedFor_WithinTheHours_SaysNothingOfThem()
    {
        await using var store = await OpenAsync(Mornings with { Week = [new(DayOfWeek.Tuesday, new(9, 0), new(18, 0))] });
        await store.AskAsync("hello");
        (await PersonAsync(store)).ShouldNotContain("back");
    }

    [Fact]
    public async Task PersonAskedFor_TomorrowIsAHoliday_NamesTheDayAfterIt()
    {
        await using var store = await OpenAsync(Mornings with { Holidays = [new(new(2026, 11, 25), "Founders' day")] });
        await store.AskAsync("hello");
        (await PersonAsync(store)).ShouldContain("back on Fri, 27 Nov at 09:00");
    }

    [Fact]
    public async Task PersonAskedFor_HolidayWithHoursOfItsOwn_NamesThose()
    {
        await using var store = await OpenAsync(Mornings with { Holidays = [new(new(2026, 11, 25), "Half a day", new(13, 30), new(15, 0))] });
        await store.AskAsync("hello");
        (await PersonAsync(store)).ShouldContain("back tomorrow at 13:30");
    }

    [Fact]
    public async Task PersonAskedFor_NobodyIsExpected_PromisesNoTime()
    {
        await using var store = await OpenAsync(Mornings with { Week = [] });
        await store.AskAsync("hello");
        (await PersonAsync(store)).ShouldContain("as soon as it is back");
    }

    [Theory]
    [InlineData("ko", "보라색 원숭이가 새벽에 노래해요", "상담 시간이 아니며")]
    [InlineData("zh", "紫色的猴子在清晨唱歌", "现在不是人工服务时间")]
    [InlineData("en", "purple monkeys sing at dawn", "Our team is away right now")]
    public async Task UnknownQuestion_OutsideTheHours_SaysSoToo(string locale, string question, string said)
    {
        await using var store = await OpenAsync(Mornings);
        var reply = (await store.AskAsync(question, locale)).Replies.ShouldHaveSingleItem();
        reply.Text.ShouldContain(said);
    }

    [Fact]
    public async Task QuestionLeft_OutsideTheHours_SaysSoToo()
    {
        await using var store = await OpenAsync(Mornings);
        var left = await store.Get<IAssistant>().LeaveAsync(Store.Tenant, Store.Ada, new("c-1"), "op-1", "m-1", "Call me", null, "en", default);
        left.Replies.ShouldHaveSingleItem().Text.ShouldContain("back tomorrow at 09:00");
    }

    [Fact]
    public async Task Hours_OfAnotherZone_AreReadOnItsClock()
    {
        // Noon in Seoul is three in the morning in London, six hours before nine.
        await using var store = await OpenAsync(Mornings with { TimeZone = "Europe/London" });
        await store.AskAsync("hello");
        (await PersonAsync(store)).ShouldContain("back today at 09:00 (UTC)");
    }

    private static Task<Store> OpenAsync(OpeningHours hours) => Store.OpenAsync("ko", TenantPolicy.Default with { Hours = hours });

    /// <summary>The shopper presses "talk to a person"; when the bot has handed off already, it said the same.</summary>
    private static async Task<string> PersonAsync(Store store)
    {
        var asked = await store.Get<IAssistant>().RequestPersonAsync(Store.Tenant, Store.Ada, new("c-1"), "op-1", default);
        return (asked.Replies.IsEmpty ? asked.State.Messages.Last() : asked.Replies[0]).Text;
    }
}
