using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine.Queries;

namespace SmartService.ReadModels.Contract;

public abstract class InsightsContract : ReadModelContract
{
    private static readonly DateTimeOffset From = ShopJournal.Start.AddHours(-1);
    private static readonly DateTimeOffset To = ShopJournal.Start.AddDays(1);

    [Fact]
    public async Task Foresight_CountsTheFirstAndTheFirstThree_AndOnlyWhereAForecastWasBefore()
    {
        var journal = new ShopJournal();
        Forecast(journal, "ada", "order.delay", "refund.status", "delivery.fee");
        Forecast(journal, "bob", "order.delay", "refund.status", "delivery.fee");
        Forecast(journal, "cid", "order.delay");
        journal.Open("c-1", "ada").Ask("c-1", 1, "where is it", intent: "order.delay")
            .Open("c-2", "bob").Ask("c-2", 1, "how much is delivery", intent: "delivery.fee")
            .Open("c-3", "cid").Ask("c-3", 1, "how much is delivery", intent: "delivery.fee")
            .Open("c-4", "dan").Ask("c-4", 1, "how much is delivery", intent: "delivery.fee")
            .Open("c-5", "ada").Ask("c-5", 1, "gibberish", intent: Intents.OutOfScope.Value);
        await using var models = await FollowingAsync(journal);
        var rows = await models.Insights.ForesightAsync(ShopJournal.Tenant, From, To, default);
        (rows.Sum(r => r.Questions), rows.Sum(r => r.Forecast), rows.Sum(r => r.Hit1), rows.Sum(r => r.Hit3)).ShouldBe((5, 3, 1, 2));
        (await models.SearchAsync(new(Foreseen: 1))).ShouldHaveSingleItem().Conversation.Value.ShouldBe("c-1");
        (await models.SearchAsync(new(Foreseen: 3))).Count.ShouldBe(2);
        (await models.SearchAsync(new(Foreseen: 0))).ShouldHaveSingleItem().Conversation.Value.ShouldBe("c-3");
    }

    [Fact]
    public async Task Responses_AreMeasuredFromQuestionAndFromHandOff()
    {
        var journal = new ShopJournal().Open("c-1", "ada").Ask("c-1", 1, "fee?").Answer("c-1", 1, "3,000")
            .Open("c-2", "bob").Ask("c-2", 1, "hm").HandOff("c-2", 1).Open("c-3", "cid").Ask("c-3", 1, "hm").HandOff("c-3", 1);
        journal.Conversation("c-2", new ConversationEvent.AgentReplied(3, "a-1", "mia", "Hi", journal.Now));
        await using var models = await FollowingAsync(journal);
        var times = await models.Insights.ResponsesAsync(ShopJournal.Tenant, From, To, default);
        (times.BotCount, times.BotHalf, times.PersonCount, times.PersonHalf, times.Waiting).ShouldBe((1, TimeSpan.FromSeconds(1), 1, TimeSpan.FromSeconds(4), 1));
    }

    [Fact]
    public async Task Series_AddsUpToTheFiguresOfTheSpan()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());
        var quarters = await models.Insights.SeriesAsync(ShopJournal.Tenant, From, To, default);
        var all = await models.Directories.FiguresAsync(ShopJournal.Tenant, From, To, default);
        (quarters.Sum(q => q.Conversations), quarters.Sum(q => q.Questions), quarters.Sum(q => q.Answered), quarters.Sum(q => q.HandedOff), quarters.Sum(q => q.AgentAnswered))
            .ShouldBe((all.Conversations, all.Questions, all.Answered, all.HandedOff, all.AgentAnswered));
        (quarters.Sum(q => q.Offered), quarters.Sum(q => q.Seen), quarters.Sum(q => q.Opened), quarters.Sum(q => q.Withheld))
            .ShouldBe((all.PopupsOffered, all.PopupsSeen, all.PopupsOpened, all.PopupsWithheld));
    }

    [Fact]
    public async Task Conversations_BehindAPopup_AreThoseOfItsCustomers()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());
        (await IdsAsync(models, new(Popup: "opened"))).ShouldBe(["c-1"]);
        (await IdsAsync(models, new(Popup: "withheld"))).ShouldBe(["c-2"]);
        (await IdsAsync(models, new(Popup: "dismissed"))).ShouldBeEmpty();
        (await IdsAsync(models, new(Waiting: true))).ShouldBe(["c-2"]);
        (await IdsAsync(models, new(Score: 4))).ShouldBe(["c-1"]);
    }

    [Fact]
    public async Task LeftForLater_IsListedByItsQuestion_UntilAPersonAnswers()
    {
        var journal = new ShopJournal().Bustle();
        journal.Open("c-3", "cid").Ask("c-3", 1, "Can I change the size?")
            .Conversation("c-3", new ConversationEvent.HandedOff(2, 1, "It is kept.", HandOffReason.CallBack, journal.Now, "op-1", "cid@shop.example"));
        await using var models = await FollowingAsync(journal);
        (await IdsAsync(models, new(CallBack: true))).ShouldBe(["c-3"]);
        (await IdsAsync(models, new(CallBack: false))).ShouldBe(["c-2", "c-1"]);
        var row = (await models.Insights.ConversationsAsync(ShopJournal.Tenant, new(CallBack: true), null, 50, default)).Items.ShouldHaveSingleItem().Row;
        row.LastText.ShouldBe("Can I change the size?");
        row.Messages.ShouldBe(2);

        journal.Conversation("c-3", new ConversationEvent.AgentReplied(3, "a-9", "mia", "Yes.", journal.Now));
        await models.FollowAsync();
        (await IdsAsync(models, new(CallBack: true))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Live_ShowsEachShopperWithTheNewestOpenConversation()
    {
        var journal = new ShopJournal().Bustle();
        journal.Open("c-3", "bob").Ask("c-3", 1, "And my parcel?").Visit("eve", "v-9");
        await using var models = await FollowingAsync(journal);
        var (shoppers, total) = await models.Insights.LiveAsync(ShopJournal.Tenant, From, 2, default);
        total.ShouldBe(3);
        shoppers.Select(s => (s.Customer.Value, s.Conversation?.Value, s.LastText)).ShouldBe([("eve", null, null), ("bob", "c-3", "And my parcel?")]);
        (await models.Insights.LiveAsync(ShopJournal.Tenant, From, 9, default)).Shoppers[^1].Conversation.ShouldBeNull(); // Ada's is closed.
    }

    [Fact]
    public async Task Forgotten_LeavesNoForecastBehind()
    {
        var journal = new ShopJournal();
        Forecast(journal, "ada", "order.delay");
        journal.Customer("ada", new CustomerEvent.Erased(journal.Now));
        await using var models = await FollowingAsync(journal);
        models.Count("forecasts").ShouldBe(0);
    }

    private static void Forecast(ShopJournal journal, string customer, params string[] intents) => journal.Customer(
        customer, new CustomerEvent.ForecastMade([.. intents.Select((i, n) => new IntentScore(new(i), 0.9f - (n * 0.1f)))], null, null, "m@1", journal.Now));

    private static async Task<string[]> IdsAsync(ReadModelsUnderTest models, DeskFilter filter) =>
        [.. (await models.Insights.ConversationsAsync(ShopJournal.Tenant, filter, null, 50, default)).Items.Select(r => r.Row.Id.Value)];
}
