using Shouldly;
using SmartService.Domain.Tenants;
using Xunit;

namespace SmartService.Domain.Tests.Tenants;

public sealed class RulesTests
{
    private static readonly TenantProfile Profile = new("North Trail", "en", "EUR", "Europe/Berlin");
    private static readonly TenantPolicy Policy = TenantPolicy.Default;

    [Theory]
    [InlineData("https://shop.example")]
    [InlineData("http://localhost:8080")]
    [InlineData("https://xn--9n2bp8q.example:8443")]
    [InlineData("http://[::1]:5000")]
    public void IsOrigin_AsBrowsersSendIt_IsTrue(string origin) => ProfileRules.IsOrigin(origin).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("shop.example")]
    [InlineData("https://shop.example/")]
    [InlineData("https://shop.example/path")]
    [InlineData("https://Shop.example")]
    [InlineData("https://shop.example:443")]
    [InlineData("https://user@shop.example")]
    [InlineData("ftp://shop.example")]
    [InlineData("https://샵.example")]
    [InlineData("https://shop.example?x")]
    public void IsOrigin_AnythingElse_IsFalse(string? origin) => ProfileRules.IsOrigin(origin).ShouldBeFalse();

    [Fact]
    public void CheckProfile_Good_FindsNothing() => ProfileRules.Check(Profile).ShouldBeEmpty();

    [Fact]
    public void CheckProfile_AllWrong_NamesEachField() => ProfileRules.Check(new("", "fr", "Euro", "Europe Berlin"))
        .Select(f => f.Field).ShouldBe(["name", "locale", "currency", "timeZone"]);

    [Fact]
    public void CheckOrigins_OneBad_NamesItsPlace() => ProfileRules.CheckOrigins(["https://a.example", "b.example"])
        .ShouldHaveSingleItem().Field.ShouldBe("origins[1]");

    [Fact]
    public void CheckPolicy_Default_FindsNothing() => PolicyRules.Check(Policy).ShouldBeEmpty();

    [Fact]
    public void CheckPolicy_Popups_NamesEachField() => Fields(Policy with
    {
        Popups = new(true, 21, -1, TimeSpan.FromHours(25), 0.51, double.NaN, 0.2, double.NaN),
    }).ShouldBe(["popups.perSession", "popups.perDay", "popups.pause", "popups.holdoutShare", "popups.minProbability", "popups.precision", "popups.exploreShare"]);

    [Fact]
    public void CheckPolicy_Bot_NamesEachField() => Fields(Policy with { Bot = new(1.1, 1.2, 4, true) })
        .ShouldBe(["bot.answerFrom", "bot.clarifyFrom", "bot.maxClarifications"]);

    [Fact]
    public void CheckPolicy_ThresholdIsNoNumber_IsAFault() => Fields(Policy with { Bot = new(double.NaN, 0.1, 1, true) })
        .ShouldBe(["bot.answerFrom", "bot.clarifyFrom"]);

    [Fact]
    public void CheckPolicy_Words_NamesEachField()
    {
        Fields(Policy with { ForbiddenWords = ["ok", " "] }).ShouldBe(["forbiddenWords[1]"]);
        Fields(Policy with { ForbiddenWords = [.. Enumerable.Repeat("ok", 201)] }).ShouldBe(["forbiddenWords"]);
    }

    [Fact]
    public void CheckPolicy_Rest_NamesEachField() => Fields(Policy with { Tone = (Tone)9, MessagesPerMinute = 601 })
        .ShouldBe(["tone", "messagesPerMinute"]);

    [Fact]
    public void Fault_AsText_ReadsAsASentence() => ProfileRules.Check(Profile with { Locale = "fr" })[0].ToString()
        .ShouldBe("locale must be ko, zh or en");

    private static IEnumerable<string> Fields(TenantPolicy policy) => PolicyRules.Check(policy).Select(f => f.Field);
}
