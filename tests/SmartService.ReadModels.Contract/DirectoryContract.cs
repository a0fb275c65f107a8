using SmartService.Domain.Conversations;
using SmartService.Domain.Tenants;

namespace SmartService.ReadModels.Contract;

public abstract class DirectoryContract : ReadModelContract
{
    [Fact]
    public async Task Customers_NewestSeenFirst_FoundByNameAndId()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        var all = (await models.Directories.CustomersAsync(ShopJournal.Tenant, null, null, 10, default)).Items;

        all.Select(row => row.Id.Value).ShouldBe(["bob", "ada"]);
        (all[1].Name, all[1].Orders, all[1].Conversations, all[1].Identified).ShouldBe(("Ada 김", 1, 1, true));
        (await models.Directories.CustomersAsync(ShopJournal.Tenant, "김", null, 10, default)).Items.ShouldHaveSingleItem().Id.Value.ShouldBe("ada");
        (await models.Directories.CustomersAsync(ShopJournal.Tenant, "%", null, 10, default)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Customers_PagesJoinToTheWholeList()
    {
        var journal = new ShopJournal();
        for (var i = 0; i < 7; i++)
        {
            journal.Visit($"customer-{i}", $"v-{i}");
        }

        await using var models = await FollowingAsync(journal);
        var first = await models.Directories.CustomersAsync(ShopJournal.Tenant, null, null, 4, default);
        var second = await models.Directories.CustomersAsync(ShopJournal.Tenant, null, first.Next, 4, default);

        first.Items.Concat(second.Items).Select(row => row.Id.Value).ShouldBe(Enumerable.Range(0, 7).Reverse().Select(i => $"customer-{i}"));
        second.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Conversations_ByModeAndState()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        async Task<string[]> Ids(ConversationMode? mode, bool? open, string? customer) =>
            [.. (await models.Directories.ConversationsAsync(ShopJournal.Tenant, mode, open, customer is null ? null : new(customer), null, 10, default)).Items.Select(row => row.Id.Value)];
        (await Ids(null, null, null)).ShouldBe(["c-2", "c-1"]);
        (await Ids(ConversationMode.Human, true, null)).ShouldBe(["c-2"]);
        (await Ids(null, false, null)).ShouldBe(["c-1"]);
        (await Ids(null, null, "ada")).ShouldBe(["c-1"]);
        (await Ids(ConversationMode.Bot, null, null)).ShouldBeEmpty();
        var row = (await models.Directories.ConversationsAsync(ShopJournal.Tenant, null, false, null, null, 10, default)).Items[0];
        (row.CustomerName, row.Agent, row.Messages, row.LastText, row.Score).ShouldBe(("Ada 김", "mia", 5, "Yes, in 3 parts.", 4));
    }

    [Fact]
    public async Task Timeline_AllThatHappened_AlsoAScanBeforeTheOrderWasPlaced()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        var entries = (await models.Directories.TimelineAsync(ShopJournal.Tenant, new("ada"), null, 50, default)).Items;

        entries.Select(entry => entry.Position).ShouldBe(entries.Select(entry => entry.Position).OrderDescending());
        entries[^1].ShouldSatisfyAllConditions(
            scan => scan.Entity.ShouldBe("order/N-1"),
            scan => scan.Text.ShouldBe("Parcel InTransit in Busan"),
            scan => scan.Json.ShouldContain("\"place\":\"Busan\""));
        entries.ShouldNotContain(entry => entry.Entity == "conversation/c-2");
    }

    [Fact]
    public async Task Figures_CountConversationsQuestionsAndTheFunnel()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        var figures = await models.Directories.FiguresAsync(ShopJournal.Tenant, ShopJournal.Start, ShopJournal.Start.AddDays(1), default);

        (figures.Conversations, figures.Questions, figures.Answered, figures.HandedOff, figures.BotResolved).ShouldBe((2, 3, 1, 2, 0));
        (figures.PopupsOffered, figures.PopupsSeen, figures.PopupsOpened, figures.PopupsDismissed, figures.PopupsWithheld).ShouldBe((1, 1, 1, 0, 1));
        figures.AgentAnswered.ShouldBe(1);
        figures.MeanScore.ShouldBe(4);
        figures.TopIntents.Sum(intent => intent.Questions).ShouldBe(3);
        figures.TopIntents.Sum(intent => intent.Unanswered).ShouldBe(2);
    }

    [Fact]
    public async Task Figures_OfATimeWithNothing_AreZero()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());

        var figures = await models.Directories.FiguresAsync(ShopJournal.Tenant, ShopJournal.Start.AddDays(5), ShopJournal.Start.AddDays(6), default);

        (figures.Conversations, figures.Questions, figures.PopupsOffered, figures.MeanScore).ShouldBe((0, 0, 0, null));
    }

    [Fact]
    public async Task Tenants_ByIdWithTheirPresentName()
    {
        var journal = new ShopJournal();
        foreach (var id in new[] { "south", "north" })
        {
            journal.Tenanted(id, new TenantEvent.Created(new(id, "en", "USD", "UTC"), [], journal.Now));
        }

        journal.Tenanted("south", new TenantEvent.ProfileChanged(new("South & Sons", "ko", "KRW", "Asia/Seoul"), journal.Now));
        await using var models = await FollowingAsync(journal);

        var first = await models.Directories.TenantsAsync(null, 1, default);
        var second = await models.Directories.TenantsAsync(first.Next, 1, default);

        first.Items[0].Id.Value.ShouldBe("north");
        (second.Items[0].Name, second.Items[0].Locale, second.Next).ShouldBe(("South & Sons", "ko", null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Timeline_OfManyConversations_HoldsEachEventOnceNewestFirst_InPagesOfAnyLength(int length)
    {
        var journal = new ShopJournal().Bustle();
        for (var i = 0; i < 5; i++)
        {
            journal.Open($"c-{i}0", "ada").Open($"c-{i}1", "ada").Ask($"c-{i}0", 1, "where?").Visit("ada", $"v-{i}0").Ask($"c-{i}1", 1, "when?").Answer($"c-{i}0", 1, "here");
        }

        journal.Conversation("c-00", new ConversationEvent.ConversationRated(5, null, journal.Now)).Ask("c-10", 3, "late").Conversation("c-20", new ConversationEvent.Read(MessageAuthor.Agent, 1, journal.Now));
        await using var models = await FollowingAsync(journal);

        var shown = new List<long>();
        string? cursor = null;
        do
        {
            var page = await models.Directories.TimelineAsync(ShopJournal.Tenant, new("ada"), cursor, length, default);
            page.Items.Count.ShouldBeLessThanOrEqualTo(length);
            shown.AddRange(page.Items.Select(entry => entry.Position));
            cursor = page.Next;
        }
        while (cursor is not null);

        var ofAda = journal.Events.Where(e => (e.Region, e.Entity.Id) switch
        {
            ("conversation", var id) => id != "c-2" && e.Event is not ConversationEvent.Read,
            ("customer", var id) => id == "ada",
            ("order", _) => true,
            _ => false,
        });
        shown.ShouldBe(ofAda.Select(e => e.Position).Reverse());
    }
}
