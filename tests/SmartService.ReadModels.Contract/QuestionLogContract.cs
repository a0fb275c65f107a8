using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Engine.Queries;

namespace SmartService.ReadModels.Contract;

public abstract class QuestionLogContract : ReadModelContract
{
    private const string Ko = "배송비가 얼마인가요?";
    private const string Zh = "我的退款什么时候到账？";
    private const string En = "can I pay 50% later?";

    [Theory]
    [InlineData("배송비", Ko)]
    [InlineData("얼마", Ko)]
    [InlineData("배송", Ko)]
    [InlineData("3,000원", Ko)]
    [InlineData("退款", Zh)]
    [InlineData("什么时候", Zh)]
    [InlineData("LATER", En)]
    [InlineData("pay later", En)]
    [InlineData("0%", En)]
    [InlineData("3 parts", En)]
    public async Task Search_WordsOfAnyScript_FindsQuestionAndAnswer(string typed, string found)
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        (await models.TextsAsync(typed)).ShouldBe([found]);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("pay AND OR NOT")]
    [InlineData("text:pay")]
    [InlineData("pay*")]
    [InlineData("^pay NEAR(x)")]
    [InlineData("_%")]
    [InlineData("\\")]
    [InlineData("'; DROP TABLE questions; --")]
    [InlineData("\0\0\0")]
    public async Task Search_OperatorsAndQuotes_AreOnlyText(string typed)
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        await Should.NotThrowAsync(async () => await models.TextsAsync(typed));
        (await models.SearchAsync(new())).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Search_QuestionWithPersonalNumbers_IsLoggedWithoutThem()
    {
        var journal = new ShopJournal().Open("c-9", "ada").Ask("c-9", 1, "Refund to 4111 1111 1111 1111, call 010-1234-5678, order NP-20417");
        await using var models = await FollowingAsync(journal);

        (await models.SearchAsync(new())).ShouldHaveSingleItem().Text.ShouldBe("Refund to [card], call [phone], order NP-20417");
        (await models.TextsAsync("4111 1111")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_HangulInLooseLetters_FindsTheSame()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        (await models.TextsAsync("배송비".Normalize(System.Text.NormalizationForm.FormD))).ShouldBe([Ko]);
    }

    [Fact]
    public async Task Search_AnswerChanged_FormerWordsAreNotFound()
    {
        var journal = new ShopJournal().Open("c-1", "ada").Ask("c-1", 1, "gift wrap?").HandOff("c-1", 1);
        await using var models = await FollowingAsync(journal);
        journal.Conversation("c-1", new ConversationEvent.AgentReplied(3, "a", "mia", "we fold paper", journal.Now));
        await models.FollowAsync();

        (await models.TextsAsync("fold paper")).Length.ShouldBe(1);
        (await models.TextsAsync("gift wrap")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Filters_EachAndTogether()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        async Task<string[]> Texts(QuestionFilter filter) => [.. (await models.SearchAsync(filter)).Select(question => question.Text)];
        (await Texts(new(Intent: new("payment.installment")))).ShouldBe([En]);
        (await Texts(new(SourceKind: "qna", SourceId: "fee"))).ShouldBe([Ko]);
        (await Texts(new(MaxConfidence: 0.5))).ShouldBe([En]);
        (await Texts(new(MinConfidence: 0.5))).ShouldBe([Zh, Ko]);
        (await Texts(new(Unanswered: true))).ShouldBe([Zh, Ko]);
        (await Texts(new(Unanswered: false))).ShouldBe([En]);
        (await Texts(new(Outcome: QuestionOutcome.HandedOff))).ShouldBe([Zh]);
        (await Texts(new(Outcome: QuestionOutcome.AgentAnswered))).ShouldBe([En]);
        (await Texts(new(Customer: new("bob")))).ShouldBe([Zh]);
        (await Texts(new(Language: "ko"))).ShouldBeEmpty();
        (await Texts(new(From: ShopJournal.Start.AddSeconds(12)))).ShouldBe([Zh, En]);
        (await Texts(new(To: ShopJournal.Start.AddSeconds(12)))).ShouldBe([Ko]);
        (await Texts(new(Unanswered: false, Customer: new("ada"), Text: "pay"))).ShouldBe([En]);
    }

    [Fact]
    public async Task Find_TellsAllOfAQuestion()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        var answered = (await models.Log.FindAsync(ShopJournal.Tenant, new("c-1"), 1, default))!;
        var handedOff = (await models.Log.FindAsync(ShopJournal.Tenant, new("c-1"), 3, default))!;

        (answered.Outcome, answered.Helpful, answered.SourceVersion, answered.Score).ShouldBe((QuestionOutcome.Answered, false, 3, 4));
        (handedOff.Outcome, handedOff.Reason, handedOff.Answer).ShouldBe((QuestionOutcome.AgentAnswered, HandOffReason.Unanswered, "Yes, in 3 parts."));
        (await models.Log.FindAsync(ShopJournal.Tenant, new("c-1"), 2, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Ask_WhileAPersonHoldsTheChat_IsAnsweredByTheirReply()
    {
        var journal = new ShopJournal().Open("c-1", "ada").Ask("c-1", 1, "hello?");
        await using var models = await FollowingAsync(journal);
        (await models.SearchAsync(new()))[0].Outcome.ShouldBe(QuestionOutcome.Waiting);
        journal.Conversation("c-1", new ConversationEvent.AgentReplied(2, "a", "mia", "Hi!", journal.Now));
        await models.FollowAsync();

        (await models.SearchAsync(new()))[0].Outcome.ShouldBe(QuestionOutcome.AgentAnswered);
    }

    [Fact]
    public async Task Paging_WhileNewQuestionsCome_ShowsEachOnce()
    {
        var journal = new ShopJournal().Open("c-1", "ada");
        for (var i = 0; i < 25; i++)
        {
            journal.Ask("c-1", i + 1, $"question {i}");
        }

        await using var models = await FollowingAsync(journal);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await models.Log.SearchAsync(ShopJournal.Tenant, new(), cursor, 10, default);
            seen.AddRange(page.Items.Select(question => question.Text));
            cursor = page.Next;
            journal.Ask("c-1", 100 + seen.Count, "a later one");
            await models.FollowAsync();
        }
        while (cursor is not null);

        seen.ShouldBe(Enumerable.Range(0, 25).Reverse().Select(i => $"question {i}"));
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("bm90IG91cnM")]
    public async Task Search_ForeignCursor_IsRefused(string cursor)
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        await Should.ThrowAsync<ArgumentException>(async () => await models.Log.SearchAsync(ShopJournal.Tenant, new(), cursor, 10, default));
    }

    [Fact]
    public async Task Search_AnotherTenant_SeesNothing()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle().Open("c-1", "eve", "south").Ask("c-1", 1, "배송비 south", tenant: "south"));

        (await models.TextsAsync("배송비")).ShouldBe([Ko]);
        (await models.Log.SearchAsync(new("south"), new(Text: "배송비"), null, 10, default)).Items.ShouldHaveSingleItem().Text.ShouldBe("배송비 south");
    }

    [Fact]
    public async Task Export_StreamsTheSameRows()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());
        var exported = new List<LoggedQuestion>();
        await foreach (var question in models.Log.ExportAsync(ShopJournal.Tenant, new(), default))
        {
            exported.Add(question);
        }

        exported.ShouldBe(await models.SearchAsync(new()));
    }

    [Theory]
    [InlineData("환불", new[] { "환불 언제 되나요", "급해요환불해주세요" })]
    [InlineData("환불 언제", new[] { "환불 언제 되나요" })]
    [InlineData("해주세요", new[] { "급해요환불해주세요" })]
    [InlineData("불", new[] { "환불 언제 되나요", "급해요환불해주세요" })]
    [InlineData("退款", new[] { "怎么申请退款", "退款多久到账" })]
    [InlineData("退款 多久", new[] { "退款多久到账" })]
    [InlineData("申请退", new[] { "怎么申请退款" })]
    [InlineData("款", new[] { "怎么申请退款", "退款多久到账" })]
    [InlineData("ÉTAT", new[] { "Quel est l'état ?" })]
    [InlineData("Re", new[] { "Where is my REFUND" })]
    [InlineData("refund WHERE", new[] { "Where is my REFUND" })]
    [InlineData("here is", new[] { "Where is my REFUND" })]
    [InlineData("l'é", new[] { "Quel est l'état ?" })]
    [InlineData("환불 退款", new string[0])]
    public async Task Search_ShortAndLongWordsOfEachScript_FindTheSameInEveryStore(string typed, string[] found)
    {
        var journal = new ShopJournal().Open("c-1", "ada");
        string[] texts = ["환불 언제 되나요", "급해요환불해주세요", "怎么申请退款", "退款多久到账", "Where is my REFUND", "Quel est l'état ?"];
        for (var i = 0; i < texts.Length; i++)
        {
            journal.Ask("c-1", i + 1, texts[i]);
        }

        await using var models = await FollowingAsync(journal);
        (await models.TextsAsync(typed)).ShouldBe(found.OrderByDescending(text => Array.IndexOf(texts, text)));
    }
}
