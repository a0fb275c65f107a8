using SmartService.Assistance.Tests.World;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Tenants;

namespace SmartService.Assistance.Tests.Answers;

public sealed class AskTests
{
    [Theory]
    [InlineData("ko", "배송비가 얼마예요?", "배송비는 3,000원입니다.")]
    [InlineData("zh", "请问运费多少？", "运费10元。")]
    [InlineData("en", "What is the delivery fee?", "Delivery is $5.")]
    public async Task Ask_ItemInTheLanguage_IsAnsweredFromIt(string locale, string question, string answer)
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-ko", "delivery.fee", "배송비는 얼마인가요?", "배송비는 3,000원입니다.", "ko");
        await store.SaveAsync("fee-zh", "delivery.fee", "运费是多少？", "运费10元。", "zh");
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "Delivery is $5.", "en");

        var result = await store.AskAsync(question, locale);

        var reply = result.Replies.ShouldHaveSingleItem();
        reply.Text.ShouldBe(answer);
        reply.Source!.ShouldBe(new("qna", "fee-" + locale, 1, reply.Source!.Title));
        reply.Confidence!.Value.ShouldBeGreaterThanOrEqualTo(0.5);
        result.Number.ShouldBe(1);
    }

    [Fact]
    public async Task Ask_NoItemInTheLanguage_IsAnsweredInTheStoresOwn()
    {
        await using var store = await Store.OpenAsync("ko");
        await store.SaveAsync("fee-ko", "delivery.fee", "배송비는 얼마인가요?", "배송비는 3,000원입니다.", "ko");

        (await store.AskAsync("How much is the delivery fee")).Replies.ShouldHaveSingleItem().Text.ShouldBe("배송비는 3,000원입니다.");
    }

    [Fact]
    public async Task Ask_Nonsense_IsHandedOff()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "Delivery is $5.");

        var result = await store.AskAsync("purple monkeys sing at dawn");

        result.State.Mode.ShouldBe(ConversationMode.Human);
        result.Replies.ShouldHaveSingleItem().Author.ShouldBe(MessageAuthor.System);
    }

    [Fact]
    public async Task Ask_UnderstoodButNothingKnown_IsHandedOffAndNeverInvented()
    {
        await using var store = await Store.OpenAsync();

        var result = await store.AskAsync("can I pay by instalment");

        result.State.Mode.ShouldBe(ConversationMode.Human);
    }

    [Fact]
    public async Task Ask_Greeting_IsAnsweredByRuleInTheTenantsTone()
    {
        await using var store = await Store.OpenAsync(policy: TenantPolicy.Default with { Tone = Tone.Formal });

        var reply = (await store.AskAsync("안녕하세요", "ko")).Replies.ShouldHaveSingleItem();

        reply.Source!.Kind.ShouldBe("rule");
        reply.Source.Id.ShouldBe("chat.greeting");
        reply.Text.ShouldBe("안녕하십니까. North 고객 상담 도우미입니다. 무엇을 도와드릴까요?");
    }

    [Fact]
    public async Task Ask_SameClientIdAgain_IsTheSameResultAndAsksTheModelOnce()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "Delivery is $5.");

        var first = await store.AskAsync("What is the delivery fee?");
        var calls = store.Understanding.Calls;
        var again = await store.AskAsync("What is the delivery fee?");

        again.Number.ShouldBe(first.Number);
        again.Replies.ShouldBe(first.Replies);
        again.State.Messages.Count.ShouldBe(2);
        store.Understanding.Calls.ShouldBe(calls);
    }

    [Fact]
    public async Task Ask_ConversationOfAnother_IsRefusedAndShowsNothing()
    {
        await using var store = await Store.OpenAsync();
        await store.AskAsync("hello");

        var result = await store.AskAsync("hello", clientId: "m-2", customer: new("eve"));

        result.Refusal.ShouldBe(ConversationRefusal.BelongsToAnother);
        result.State.ShouldBe(ConversationState.Absent);
    }

    [Fact]
    public async Task Ask_ModelFails_SureWordsStillAnswer()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is the delivery fee?", "Delivery is $5.");
        store.Understanding.Fails = true;

        var result = await store.AskAsync("How much is the delivery fee?");

        result.Replies.ShouldHaveSingleItem().Text.ShouldBe("Delivery is $5.");
        LastReading(store).Model.ShouldBe("");
    }

    [Fact]
    public async Task Ask_ModelFailsAndWordsAreUnsure_IsHandedOffAsModelFailed()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is the delivery fee?", "Delivery is $5.");
        store.Understanding.Fails = true;

        await store.AskAsync("I would like to know about gift wrapping");

        var handedOff = (await store.Journal.ReadAsync(0, 100, default)).Select(e => e.Event).OfType<ConversationEvent.HandedOff>().ShouldHaveSingleItem();
        handedOff.Reason.ShouldBe(HandOffReason.ModelFailed);
    }

    [Fact]
    public async Task Ask_AnswerHoldsAForbiddenWord_IsHeldBack()
    {
        await using var store = await Store.OpenAsync(policy: TenantPolicy.Default with { ForbiddenWords = ["Guarantee"] });
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "We GUARANTEE delivery for $5.");

        (await store.AskAsync("What is the delivery fee?")).State.Mode.ShouldBe(ConversationMode.Human);
    }

    [Theory]
    [InlineData(-2, -1)]
    [InlineData(1, 2)]
    public async Task Ask_ItemNotValidNow_IsNotUsed(int fromDays, int toDays)
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "Delivery is $5.", from: Store.Noon.AddDays(fromDays), to: Store.Noon.AddDays(toDays));

        (await store.AskAsync("What is the delivery fee?")).State.Mode.ShouldBe(ConversationMode.Human);
    }

    [Fact]
    public async Task Ask_AfterAnEdit_TheNewAnswerIsGiven()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "Delivery is $5.");
        await store.AskAsync("What is the delivery fee?");
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "Delivery is $7.");

        (await store.AskAsync("What is the delivery fee?", clientId: "m-2")).Replies.ShouldHaveSingleItem().Text.ShouldBe("Delivery is $7.");
    }

    [Fact]
    public async Task Ask_AfterTheItemWasRetired_IsHandedOff()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "Delivery is $5.");
        await store.AskAsync("What is the delivery fee?");
        await store.Knowledge.HandleAsync(Store.KnowledgeKey, new Domain.Knowledge.KnowledgeCommand.RetireItem(new("fee-en"), "mia", Store.Noon), default);

        (await store.AskAsync("What is the delivery fee?", clientId: "m-2")).State.Mode.ShouldBe(ConversationMode.Human);
    }

    [Fact]
    public async Task Ask_WhileAPersonHoldsTheChat_TheBotIsSilent()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "Delivery is $5.");
        await store.AskAsync("I want to talk to a person");

        (await store.AskAsync("What is the delivery fee?", clientId: "m-2")).Replies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rehearse_WritesNothing_AndSaysWhatAskWould()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "Delivery is $5.");
        var head = store.Journal.Head;

        var rehearsal = await store.Get<IAssistant>().RehearseAsync(Store.Tenant, "What is the delivery fee?", "en", null, default);

        rehearsal.Action.ShouldBe(QuestionAction.Answer);
        rehearsal.Text.ShouldBe("Delivery is $5.");
        store.Journal.Head.ShouldBe(head);
    }

    [Fact]
    public async Task Ask_Downvoted_TheItemLosesConfidence()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee-en", "delivery.fee", "How much is delivery?", "Delivery is $5.");
        var before = (await store.AskAsync("What is the delivery fee?")).Replies[0];
        await store.Conversations.HandleAsync(new(Store.Tenant, "c-1"), new ConversationCommand.RateAnswer(before.Number, false, Store.Noon), default);
        await store.FollowAsync();

        var after = (await store.AskAsync("What is the delivery fee?", conversation: "c-2")).Replies[0];

        after.Confidence!.Value.ShouldBeLessThan(before.Confidence!.Value);
    }

    private static QuestionReading LastReading(Store store) =>
        store.Conversations.Handled.Select(handled => handled.Command).OfType<ConversationCommand.Ask>().Last().Reading;
}
