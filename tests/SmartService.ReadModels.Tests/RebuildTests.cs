using Microsoft.Data.Sqlite;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;

namespace SmartService.ReadModels.Tests;

public sealed class RebuildTests
{
    [Fact]
    public async Task Rebuild_IsWhatFollowingGave()
    {
        await using var models = await ReadModelFixture.FollowingAsync(new ShopJournal().Bustle());
        var live = models.Dump();

        (await models.Rebuild.RunAsync(null, default)).ShouldBe(models.Journal.Head);

        models.Dump().ShouldBe(live);
        (await models.TextsAsync("배송비")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Events_OneByOneOrAtOnce_GiveTheSame()
    {
        var journal = new ShopJournal().Bustle();
        await using var atOnce = await ReadModelFixture.FollowingAsync(journal);
        await using var oneByOne = new ReadModelFixture(journal);
        foreach (var e in journal.Events)
        {
            await oneByOne.Follower.HandleAsync([e], default);
        }

        oneByOne.Dump().ShouldBe(atOnce.Dump());
    }

    [Fact]
    public async Task Events_DeliveredAgain_ChangeNothing()
    {
        await using var models = await ReadModelFixture.FollowingAsync(new ShopJournal().Bustle());
        var before = models.Dump();

        await models.FollowAsync();
        await models.Follower.HandleAsync([.. models.Journal.Events.Skip(3).Take(4)], default);

        models.Dump().ShouldBe(before);
    }

    [Fact]
    public async Task File_Deleted_TheNextEventBringsAllBack()
    {
        var journal = new ShopJournal().Bustle();
        await using var models = new ReadModelFixture(journal);

        await models.Follower.HandleAsync([journal.Events[^1]], default);

        (await models.SearchAsync(new())).Count.ShouldBe(3);
    }

    [Fact]
    public async Task File_OfAnotherSchema_IsMadeAnewFromTheJournal()
    {
        var journal = new ShopJournal().Bustle();
        var folder = Directory.CreateTempSubdirectory("readmodels").FullName;
        await using (var former = new ReadModelFixture(journal, folder))
        {
            await former.FollowAsync();
        }

        Execute(folder, "PRAGMA user_version = 99; DROP TABLE questions;");
        await using (var models = new ReadModelFixture(journal, folder))
        {
            await models.Follower.HandleAsync([journal.Events[^1]], default);
            (await models.SearchAsync(new())).Count.ShouldBe(3);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task File_NotADatabase_IsMadeAnew()
    {
        var folder = Directory.CreateTempSubdirectory("readmodels").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "readmodels.db"), new string('x', 10_000));
        await using (var models = new ReadModelFixture(new ShopJournal().Bustle(), folder))
        {
            await models.FollowAsync();
            (await models.SearchAsync(new())).Count.ShouldBe(3);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Customer_Erased_NothingOfThePersonIsFoundOrOnDisk()
    {
        var journal = new ShopJournal().Bustle();
        await using var models = await ReadModelFixture.FollowingAsync(journal);
        models.IsOnDisk("배송비가 얼마인가요?").ShouldBeTrue();
        journal.Customer("ada", new CustomerEvent.Erased(journal.Now));
        await models.FollowAsync();

        (await models.TextsAsync("배송비")).ShouldBeEmpty();
        (await models.SearchAsync(new(Customer: new("ada")))).ShouldBeEmpty();
        (await models.Directories.CustomersAsync(ShopJournal.Tenant, null, null, 10, default)).Items.ShouldHaveSingleItem().Id.Value.ShouldBe("bob");
        (await models.Directories.TimelineAsync(ShopJournal.Tenant, new("ada"), null, 10, default)).Items.ShouldHaveSingleItem().Text.ShouldBe("Forgotten on request");
        models.IsOnDisk("배송비가 얼마인가요?").ShouldBeFalse();
        models.IsOnDisk("Ada 김").ShouldBeFalse();
    }

    [Fact]
    public async Task Customer_Erased_LateEventsDoNotBringThePersonBack()
    {
        var journal = new ShopJournal().Bustle();
        journal.Customer("ada", new CustomerEvent.Erased(journal.Now));
        journal.Conversation("c-1", new ConversationEvent.Erased(journal.Now)).Order("N-1", new OrderEvent.Cancelled("moved", journal.Now)).Order("N-1", new OrderEvent.Erased(journal.Now));
        await using var models = await ReadModelFixture.FollowingAsync(journal);
        var live = models.Dump();

        live.ShouldNotContain("moved");
        await models.Rebuild.RunAsync(null, default);
        models.Dump().ShouldBe(live);
    }

    [Fact]
    public async Task Conversation_Erased_OnlyItIsGone()
    {
        var journal = new ShopJournal().Bustle();
        await using var models = await ReadModelFixture.FollowingAsync(journal);
        journal.Conversation("c-1", new ConversationEvent.Erased(journal.Now));
        await models.FollowAsync();

        (await models.SearchAsync(new())).ShouldHaveSingleItem().Conversation.Value.ShouldBe("c-2");
        (await models.Directories.ConversationsAsync(ShopJournal.Tenant, null, null, null, null, 10, default)).Items.ShouldHaveSingleItem().Id.Value.ShouldBe("c-2");
        (await models.Directories.TimelineAsync(ShopJournal.Tenant, new("ada"), null, 50, default)).Items.ShouldNotContain(entry => entry.Entity == "conversation/c-1");
        (await models.TextsAsync("얼마인")).ShouldBeEmpty();
    }

    private static void Execute(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "readmodels.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
