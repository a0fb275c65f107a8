using SmartService.Assistance.Answers;

namespace SmartService.Assistance.Tests.Answers;

public sealed class FormatsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ko", "11월 24일(화)")]
    [InlineData("zh", "11月24日（周二）")]
    [InlineData("en", "Tue, 24 Nov")]
    public void Date_InTheTenantsTimeZone(string language, string expected) =>
        Formats.Date(new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero), language, "Asia/Seoul", Now).ShouldBe(expected);

    [Fact]
    public void Date_OfAnotherYear_SaysTheYear() =>
        Formats.Date(new(2027, 1, 2, 0, 0, 0, TimeSpan.Zero), "ko", "Asia/Seoul", Now).ShouldBe("2027년 1월 2일(토)");

    [Theory]
    [InlineData(24000, "KRW", "₩24,000")]
    [InlineData(399, "CNY", "¥399")]
    [InlineData(349, "USD", "$349.00")]
    [InlineData(12.5, "CHF", "CHF 12.50")]
    public void Money_ByCurrency(double amount, string currency, string expected) => Formats.Money((decimal)amount, currency).ShouldBe(expected);
}
