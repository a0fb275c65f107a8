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
    [InlineData("en", "Where is my parcel, how much is the delivery fee, and can I pay in instalments?")]
    [InlineData("ko", "제 주문은 어디쯤 왔고 배송비는 얼마예요? 그리고 할부도 되나요?")]
    [InlineData("zh", "我的包裹到哪了，运费是多少，还有可以分期吗？")]
    public async Task Ask_ThreeQuestionsInOneMessage_EachIsAnsweredInTheirOrder(string locale, string text)
    {
        await using var store = await OpenAsync();

        var reply = (await store.AskAsync(text, locale)).Replies.ShouldHaveSingleItem();

        reply.Source!.Id.ShouldBe("NP-20417");
        reply.Also.Select(source => source.Id).ShouldBe(["fee-" + locale, "instalment-" + locale]);
        reply.Text.Split("\n\n")[1..].ShouldBe([FeeIn(locale), "instalment " + locale]);
    }

    [Theory]
    [InlineData("en", "Can I pay in instalments? How much is the delivery fee? Do you gift wrap? Are you open on Sunday? And where is my parcel?")]
    [InlineData("ko", "할부 되나요? 배송비는 얼마예요? 선물 포장 되나요? 일요일에 영업하시나요? 그리고 제 주문은 어디 있어요?")]
    [InlineData("zh", "可以分期吗？运费多少？能礼品包装吗？周日营业吗？还有我的包裹到哪了？")]
    public async Task Ask_FiveQuestions_AllAreAnsweredInTheirOrder(string locale, string text)
    {
        await using var store = await OpenAsync();

        var reply = (await store.AskAsync(text, locale)).Replies.ShouldHaveSingleItem();

        reply.Also.Select(source => source.Id).Prepend(reply.Source!.Id)
            .ShouldBe(["instalment-" + locale, "fee-" + locale, "gift-" + locale, "hours-" + locale, "NP-20417"]);
    }

    [Fact]
    public async Task Ask_MoreThanFiveQuestions_FirstFiveAreAnswered()
    {
        await using var store = await OpenAsync();

        var reply = (await store.AskAsync(
            "Can I pay in instalments? How much is the delivery fee? Do you gift wrap? Are you open on Sunday? Where is my parcel? And when is my refund due?")).Replies.ShouldHaveSingleItem();

        reply.Also.Length.ShouldBe(QuestionSplitter.Most - 1);
        reply.Also[^1].Id.ShouldBe("NP-20417");
    }

    [Fact]
    public async Task Ask_SameQuestionTwiceAroundAnother_IsAnsweredOnce()
    {
        await using var store = await OpenAsync();

        var reply = (await store.AskAsync("Where is my parcel? How much is the delivery fee? And where is my order now?")).Replies.ShouldHaveSingleItem();

        reply.Source!.Id.ShouldBe("NP-20417");
        reply.Also.ShouldHaveSingleItem().Id.ShouldBe("fee-en");
    }

    [Fact]
    public async Task Ask_AWordBetweenTwoQuestions_BelongsToOneOfThem()
    {
        await using var store = await OpenAsync();

        var reply = (await store.AskAsync("Where is my parcel, by the way, and how much is the delivery fee?")).Replies.ShouldHaveSingleItem();

        reply.Also.ShouldHaveSingleItem().Id.ShouldBe("fee-en");
    }

    [Theory]
    [InlineData("Where is my order, when will it come, and why does it take so long?")] // One question in three breaths.
    [InlineData("제 주문은 어디 있고, 왜 이렇게 늦나요, 언제 오나요?")]
    [InlineData("我的包裹到哪了，怎么这么久，什么时候能到？")]
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
    public void Pieces_KoreanVerbEnding_StaysWithItsVerb() =>
        PiecesOf("주문은 어디쯤 왔고 배송비는 얼마예요?").ShouldBe(["주문은 어디쯤 왔고", "배송비는 얼마예요?"]);

    [Fact]
    public void Pieces_NothingAskedBeforeOrAfter_IsNoCut() =>
        PiecesOf("Hello, my name is Ada. Where is my order, and how much is it? Thanks, bye").ShouldBe(
            ["Hello, my name is Ada", "Where is my order", "how much is it? Thanks, bye"]);

    [Fact]
    public void Pieces_NothingButJoints_AreFew() =>
        PiecesOf(string.Concat(Enumerable.Repeat("why, ", 70))).Count().ShouldBe(8);

    private static IEnumerable<string> PiecesOf(string text) => QuestionSplitter.PiecesOf(text).Select(piece => text[piece.Start..piece.End].Trim());

    private static string FeeIn(string locale) => locale switch { "ko" => "배송비는 3,000원입니다.", "zh" => "运费10元。", _ => "Delivery is $5." };

    private static async Task<Store> OpenAsync()
    {
        var store = await Store.OpenAsync();
        await store.SaveAsync("fee-ko", "delivery.fee", "배송비는 얼마인가요?", FeeIn("ko"), "ko");
        await store.SaveAsync("fee-zh", "delivery.fee", "运费是多少？", FeeIn("zh"), "zh");
        await store.SaveAsync("fee-en", "delivery.fee", "How much is the delivery fee?", FeeIn("en"));
        foreach (var locale in (string[])["en", "ko", "zh"])
        {
            await store.SaveAsync("instalment-" + locale, "payment.installment", Asked(locale, "Can I pay in instalments?", "할부 되나요?", "可以分期吗？"), "instalment " + locale, locale);
            await store.SaveAsync("gift-" + locale, "order.gift", Asked(locale, "Do you gift wrap?", "선물 포장 되나요?", "能礼品包装吗？"), "gift " + locale, locale);
            await store.SaveAsync("hours-" + locale, "service.hours", Asked(locale, "Are you open on Sunday?", "일요일에 영업하시나요?", "周日营业吗？"), "hours " + locale, locale);
        }

        await store.LateParcelAsync();
        return store;

        static string Asked(string locale, string en, string ko, string zh) => locale switch { "ko" => ko, "zh" => zh, _ => en };
    }
}
