using SmartService.Assistance.Tests.World;
using SmartService.Domain.Conversations;
using SmartService.Domain.Knowledge;

namespace SmartService.Assistance.Tests.Answers;

public sealed class FeedbackTests
{
    [Fact]
    public async Task Rated_NotHelpful_TheItemRanksLowerForLikeQuestionsOnly()
    {
        await using var store = await OpenAsync();
        var (like, other) = (await ConfidenceAsync(store, "how much is the delivery fee to Jeju"), await ConfidenceAsync(store, "free shipping cost from what amount"));
        for (var i = 0; i < 2; i++)
        {
            await RateAsync(store, "how much is the delivery fee to Jeju island", helpful: false, $"bad-{i}");
        }

        var fallsLike = await ConfidenceAsync(store, "how much is the delivery fee to Jeju") / like;
        var fallsOther = await ConfidenceAsync(store, "free shipping cost from what amount") / other;

        fallsLike.ShouldBeLessThan(0.95 * fallsOther);
    }

    [Fact]
    public async Task Rated_IsJournalledWithWhatTheRankingLearns()
    {
        await using var store = await OpenAsync();

        await RateAsync(store, "What is the delivery fee?", helpful: false, "bad");

        var noted = (await store.Journal.ReadAsync(0, 1_000, default)).Select(e => e.Event).OfType<KnowledgeEvent.FeedbackNoted>().ShouldHaveSingleItem();
        noted.Signs.Length.ShouldBe(AnswerRanking.Signs.Length);
        noted.Question.ShouldNotBeEmpty();
        (await StateAsync(store)).Ranking.ShouldNotBe(AnswerRanking.Shipped);
        (await StateAsync(store)).Ranking.Lessons.ShouldBe(1);
    }

    [Fact]
    public async Task Rated_HandledTwice_TeachesOnce()
    {
        await using var store = await OpenAsync();
        await RateAsync(store, "What is the delivery fee?", helpful: true, "good");

        await store.FollowAgainAsync();

        (await StateAsync(store)).Ranking.Lessons.ShouldBe(1);
    }

    [Fact]
    public async Task Rated_Replayed_GivesTheSameRanking()
    {
        await using var store = await OpenAsync();
        await RateAsync(store, "What is the delivery fee?", helpful: false, "a");
        await RateAsync(store, "is there a delivery fee", helpful: true, "b");

        var events = (await store.Journal.ReadEntityAsync("knowledge", Store.KnowledgeKey, default)).Select(e => (KnowledgeEvent)e.Event);
        var rebuilt = events.Aggregate(KnowledgeDecider.Initial, KnowledgeDecider.Evolve);

        rebuilt.Ranking.Weights.ShouldBe((await StateAsync(store)).Ranking.Weights);
    }

    [Fact]
    public async Task Chosen_AfterTheBotAskedBack_SpeaksForTheItem()
    {
        await using var store = await Store.OpenAsync();
        await store.SaveAsync("fee", "delivery.fee", "How much is the delivery fee to all the islands in winter?", "Delivery is $5.");
        store.Understanding.Instead = read => new(read with { Top = [new(new("delivery.fee"), 0.45f), new(new("product.size"), 0.3f)], OutOfScope = 0.1f });
        await store.AskAsync("money for islands?");
        store.Understanding.Instead = null;
        var asked = (await store.Conversations.ReadAsync(new(Store.Tenant, "c-1"), default)).Messages[^1];
        asked.Options.ShouldNotBeEmpty(); // The bot asked back, or this test shows nothing.
        await store.AskAsync(asked.Options[0].Label, clientId: "m-2");
        var answered = (await store.Conversations.ReadAsync(new(Store.Tenant, "c-1"), default)).Messages[^1];

        await store.FollowAsync();

        var votes = (await StateAsync(store)).Votes;
        answered.Source!.Id.ShouldBe("fee");
        votes["fee"].ShouldHaveSingleItem().Helpful.ShouldBeTrue();
    }

    [Fact]
    public async Task Corrected_ByANewItem_SpeaksAgainstTheItemThatAnswered()
    {
        await using var store = await OpenAsync();
        var propose = new KnowledgeCommand.Propose("fix-1", "What is the delivery fee?", ["What is the delivery fee?"], 1, CandidateOrigin.Corrected, null, Store.Noon);
        var content = new ItemContent(null, "What is the delivery fee?", [], "It depends.", "en", []);
        await store.Knowledge.HandleAsync(Store.KnowledgeKey, propose, default);
        await store.Knowledge.HandleAsync(Store.KnowledgeKey, new KnowledgeCommand.Confirm("fix-1", content, null, "mia", Store.Noon), default);

        await store.FollowAsync();

        (await StateAsync(store)).Votes["fee"].ShouldHaveSingleItem().Helpful.ShouldBeFalse();
    }

    private static async Task<Store> OpenAsync()
    {
        var store = await Store.OpenAsync();
        await store.SaveAsync("fee", "delivery.fee", "What is the delivery fee?", "Delivery is $5.", variants: ["free shipping cost from what amount"]);
        return store;
    }

    private static async Task<double> ConfidenceAsync(Store store, string text) =>
        (await store.Get<IAssistant>().RehearseAsync(Store.Tenant, text, "en", null, default)).Candidates.First(candidate => candidate.Source.Id == "fee").Confidence;

    private static async Task RateAsync(Store store, string text, bool helpful, string conversation)
    {
        var reply = (await store.AskAsync(text, conversation: conversation)).Replies.ShouldHaveSingleItem();
        reply.Source!.Id.ShouldBe("fee");
        await store.Conversations.HandleAsync(new(Store.Tenant, conversation), new ConversationCommand.RateAnswer(reply.Number, helpful, Store.Noon), default);
        await store.FollowAsync();
    }

    private static async Task<KnowledgeState> StateAsync(Store store) => await store.Knowledge.ReadAsync(Store.KnowledgeKey, default);
}
