using Shouldly;
using SmartService.Domain.Knowledge;
using Xunit;
using static SmartService.Domain.Tests.Known;
using static SmartService.Domain.Tests.Knowledge.Qna;

namespace SmartService.Domain.Tests.Knowledge;

public sealed class ContentRulesTests
{
    [Fact]
    public void Check_GoodContent_FindsNothing() => ContentRules
        .Check(Content("{customer.name}, {order.number} comes {parcel.eta}.") with { ValidFrom = Noon, ValidTo = Noon })
        .ShouldBeEmpty();

    [Fact]
    public void Check_ListsLeftOut_FindsNothing() =>
        ContentRules.Check(Content() with { Variants = default, Actions = default, Intent = null }).ShouldBeEmpty();

    [Fact]
    public void Check_NoQuestion_NamesIt() => Fields(Content(question: " ")).ShouldBe(["question"]);

    [Fact]
    public void Check_LongQuestion_NamesIt() => Fields(Content(question: new string('a', 501))).ShouldBe(["question"]);

    [Fact]
    public void Check_EmptyVariant_NamesItsPlace() => Fields(Content() with { Variants = ["ok", ""] }).ShouldBe(["variants[1]"]);

    [Fact]
    public void Check_51Variants_NamesThem() =>
        Fields(Content() with { Variants = [.. Enumerable.Repeat("ok", 51)] }).ShouldBe(["variants"]);

    [Fact]
    public void Check_LongAnswer_NamesIt() => Fields(Content(new string('a', 4_001))).ShouldBe(["answer"]);

    [Fact]
    public void Check_UnknownPlaceholder_TellsItsName() => ContentRules.Check(Content("Hi {custmer.name}"))
        .ShouldHaveSingleItem().Message.ShouldBe("holds the unknown placeholder {custmer.name}");

    [Fact]
    public void Check_BraceLeftOpen_IsText() => Fields(Content("Sizes {S, M")).ShouldBeEmpty();

    [Theory]
    [InlineData("fr")]
    [InlineData("EN")]
    [InlineData(null)]
    public void Check_OtherLocale_NamesIt(string? locale) => Fields(Content() with { Locale = locale! }).ShouldBe(["locale"]);

    [Fact]
    public void Check_EndBeforeStart_NamesIt() => Fields(Content() with { ValidFrom = Days(1), ValidTo = Noon }).ShouldBe(["validTo"]);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("")]
    public void Check_LinkOutOfTheShop_NamesIt(string url) => Fields(Content() with { Actions = [new("Go", url)] }).ShouldBe(["actions[0].url"]);

    [Theory]
    [InlineData("order..delay")]
    [InlineData("Order.Delay")]
    [InlineData(".order")]
    [InlineData("")]
    public void Check_BadIntent_NamesIt(string intent) => Fields(Content() with { Intent = new(intent) }).ShouldBe(["intent"]);

    [Fact]
    public void Check_ManyFaults_TellsAll() => Fields(Content("", "") with { Locale = "xx", Actions = [new("", null)] })
        .ShouldBe(["question", "answer", "locale", "actions[0].label"]);

    [Fact]
    public void Same_OtherArraysWithTheSameEntries_IsTrue() =>
        ContentRules.Same(Content(), Content() with { Variants = ["Return period?"] }).ShouldBeTrue();

    [Fact]
    public void Same_AnyFieldDiffers_IsFalse()
    {
        ContentRules.Same(Content(), Content("60 days.")).ShouldBeFalse();
        ContentRules.Same(Content(), Content() with { Variants = [] }).ShouldBeFalse();
        ContentRules.Same(Content(), Content() with { Actions = [] }).ShouldBeFalse();
        ContentRules.Same(Content(), Content() with { ValidTo = Noon }).ShouldBeFalse();
    }

    private static IEnumerable<string> Fields(ItemContent content) => ContentRules.Check(content).Select(f => f.Field);
}
