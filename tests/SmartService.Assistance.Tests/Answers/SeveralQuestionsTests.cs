using SmartService.Assistance.Answers;
using SmartService.Assistance.Tests.World;
using SmartService.Domain.Conversations;

namespace SmartService.Assistance.Tests.Answers;

public sealed class SeveralQuestionsTests
{
    [Theory]
    [InlineData("en", "Where is my parcel, and how much is the delivery fee?")]
    [InlineData("en", "Where is my order and can you tell me the delivery fee?")]
    [InlineData("ko", "제 주문은 어디쯤 왔고 배송비는 얼마예요?")]
    [InlineData("ko", "주문한 거 어디 있어요? 그리고 배송비는 얼마인가요?")]
    [InlineData("zh", "我的包裹到哪了，还有运费是多少？")]
    [InlineData("zh", "包裹到哪里了？另外运费多少钱？")]
    public async Task Ask_TwoQuestionsInOneMessage_BothAreAnsweredWithBothSources(string locale, string text)
    {
        await using var store = await OpenAsync();

        var reply = (await store.AskAsync(text, locale)).Replies.ShouldHaveSingleItem();

        reply.Author.ShouldBe(MessageAuthor.Bot);
        reply.Source!.ShouldBe(new("order", "NP-20417", reply.Source!.Version, "NP-20417"));
        reply.Also.ShouldHaveSingleItem().Id.ShouldBe("fee-" + locale);
        reply.Text.ShouldContain("NP-20417");
        reply.Text.ShouldEndWith(FeeIn(locale));
    }

    [Theory]
    [InlineData("I returned my boots last week, where is my refund?")] // The first part tells, it asks nothing.
    [InlineData("Where is my order, it is late")] // Two words for one question.
    [InlineData("hello, where is my order?")]
    [InlineData("How much is the delivery fee, please?")]
    public async Task Ask_OneQuestionWithAComma_StaysWhole(string text)
    {
        await using var store = await OpenAsync();

        (await store.AskAsync(text)).Replies.ShouldHaveSingleItem().Also.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_OneHalfWasAnsweredBefore_ItIsNotSaidTwice()
    {
        await using var store = await OpenAsync();
        await store.AskAsync("How much is the delivery fee?");

        var reply = (await store.AskAsync("Where is my order, and how much is the delivery fee?", clientId: "m-2")).Replies.ShouldHaveSingleItem();

        reply.Text.ShouldNotContain(FeeIn("en"));
        reply.Source!.Kind.ShouldBe("order");
    }

    [Fact]
    public async Task Ask_AfterwardsHalfOfIt_ItIsNotSaidTwice()
    {
        await using var store = await OpenAsync();
        await store.AskAsync("Where is my order, and how much is the delivery fee?");

        var result = await store.AskAsync("How much is the delivery fee?", clientId: "m-2");

        result.Replies.ShouldHaveSingleItem().Reason.ShouldBe(HandOffReason.SaidBefore);
    }

    [Fact]
    public void Cuts_KoreanVerbEnding_StaysWithItsVerb() =>
        QuestionSplitter.Cuts("주문은 어디쯤 왔고 배송비는 얼마예요?").ShouldContain(("주문은 어디쯤 왔고", "배송비는 얼마예요?"));

    private static string FeeIn(string locale) => locale switch { "ko" => "배송비는 3,000원입니다.", "zh" => "运费10元。", _ => "Delivery is $5." };

    private static async Task<Store> OpenAsync()
    {
        var store = await Store.OpenAsync();
        await store.SaveAsync("fee-ko", "delivery.fee", "배송비는 얼마인가요?", FeeIn("ko"), "ko");
        await store.SaveAsync("fee-zh", "delivery.fee", "运费是多少？", FeeIn("zh"), "zh");
        await store.SaveAsync("fee-en", "delivery.fee", "How much is the delivery fee?", FeeIn("en"));
        await store.LateParcelAsync();
        return store;
    }
}
