using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;

namespace SmartService.ReadModels.Contract;

public abstract class RebuildContract : ReadModelContract
{
    [Fact]
    public async Task Rebuild_IsWhatFollowingGave()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());
        var live = models.Dump();

        (await models.Rebuild.RunAsync(null, default)).ShouldBe(models.Journal.Head);

        models.Dump().ShouldBe(live);
        (await models.TextsAsync("배송비")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Events_OneByOneOrAtOnce_GiveTheSame()
    {
        var journal = new ShopJournal().Bustle();
        await using var atOnce = await FollowingAsync(journal);
        await using var oneByOne = await OpenAsync(journal);
        foreach (var e in journal.Events)
        {
            await oneByOne.Follower.HandleAsync([e], default);
        }

        oneByOne.Dump().ShouldBe(atOnce.Dump());
    }

    [Fact]
    public async Task Events_DeliveredAgain_ChangeNothing()
    {
        await using var models = await FollowingAsync(new ShopJournal().Bustle());
        var before = models.Dump();

        await models.FollowAsync();
        await models.Follower.HandleAsync([.. models.Journal.Events.Skip(3).Take(4)], default);

        models.Dump().ShouldBe(before);
    }

    [Fact]
    public async Task Tables_Empty_TheNextEventBringsAllBack()
    {
        var journal = new ShopJournal().Bustle();
        await using var models = await OpenAsync(journal);

        await models.Follower.HandleAsync([journal.Events[^1]], default);

        (await models.SearchAsync(new())).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Customer_Erased_NothingOfThePersonIsFoundOrOnDisk()
    {
        var journal = new ShopJournal().Bustle();
        await using var models = await FollowingAsync(journal);
        models.Holds("배송비가 얼마인가요?").ShouldBeTrue();
        journal.Customer("ada", new CustomerEvent.Erased(journal.Now));
        await models.FollowAsync();

        (await models.TextsAsync("배송비")).ShouldBeEmpty();
        (await models.SearchAsync(new(Customer: new("ada")))).ShouldBeEmpty();
        (await models.Directories.CustomersAsync(ShopJournal.Tenant, null, null, 10, default)).Items.ShouldHaveSingleItem().Id.Value.ShouldBe("bob");
        (await models.Directories.TimelineAsync(ShopJournal.Tenant, new("ada"), null, 10, default)).Items.ShouldHaveSingleItem().Text.ShouldBe("Forgotten on request");
        models.Holds("배송비가 얼마인가요?").ShouldBeFalse();
        models.Holds("Ada 김").ShouldBeFalse();
    }

    [Fact]
    public async Task Customer_Erased_LateEventsDoNotBringThePersonBack()
    {
        var journal = new ShopJournal().Bustle();
        journal.Customer("ada", new CustomerEvent.Erased(journal.Now));
        journal.Conversation("c-1", new ConversationEvent.Erased(journal.Now)).Order("N-1", new OrderEvent.Cancelled("moved", journal.Now)).Order("N-1", new OrderEvent.Erased(journal.Now));
        await using var models = await FollowingAsync(journal);
        var live = models.Dump();

        live.ShouldNotContain("moved");
        await models.Rebuild.RunAsync(null, default);
        models.Dump().ShouldBe(live);
    }

    [Fact]
    public async Task Conversation_Erased_OnlyItIsGone()
    {
        var journal = new ShopJournal().Bustle();
        await using var models = await FollowingAsync(journal);
        journal.Conversation("c-1", new ConversationEvent.Erased(journal.Now));
        await models.FollowAsync();

        (await models.SearchAsync(new())).ShouldHaveSingleItem().Conversation.Value.ShouldBe("c-2");
        (await models.Directories.ConversationsAsync(ShopJournal.Tenant, null, null, null, null, 10, default)).Items.ShouldHaveSingleItem().Id.Value.ShouldBe("c-2");
        (await models.Directories.TimelineAsync(ShopJournal.Tenant, new("ada"), null, 50, default)).Items.ShouldNotContain(entry => entry.Entity == "conversation/c-1");
        (await models.TextsAsync("얼마인")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Events_OfAnyKindInBatchesOfAnySize_GiveWhatARebuildGives(int seed)
    {
        var shop = new RandomShop(seed).Happen(500);
        await using var models = await OpenAsync(shop.Journal);
        foreach (var batch in shop.Batches())
        {
            await models.Follower.HandleAsync(batch, default);
        }

        var live = models.Dump();
        await models.Rebuild.RunAsync(null, default);
        SameRows(live, models.Dump());
    }
}
