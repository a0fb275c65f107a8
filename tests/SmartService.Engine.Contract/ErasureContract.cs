using Shouldly;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Feeds;
using Xunit;

namespace SmartService.Engine.Contract;

/// <summary>What every engine promises to a person who asks to be forgotten.</summary>
public abstract class ErasureContract(IEngineStore store) : EngineContract(store)
{
    protected const string Secret = "the-words-of-ada";

    private const string Customer = "customer";
    private const string Conversation = "conversation";
    private const string Order = "order";
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Shop = new("shop");
    private static readonly CustomerId Ada = new("ada");
    private static readonly EntityKey AdaKey = new(Shop, Ada.Value);
    private static readonly EntityKey ChatKey = new(Shop, "c1");
    private static readonly EntityKey OrderKey = new(Shop, "A-1");

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Scrub_AfterTheErasure_LeavesNothingButTheErasure(int snapshotEvery)
    {
        var settings = new EngineSettings { SnapshotEvery = snapshotEvery };
        var first = await StartAsync(settings);
        await LiveAsync(first);
        await EraseAsync(first);
        (await Store.HoldsAsync(Secret)).ShouldBeTrue(); // Erasing alone hides it; or the search would find nothing ever.
        await ScrubAsync(first);
        (await Store.HoldsAsync(Secret)).ShouldBeFalse();
        await CheckErasedAsync(first);
        await StopAsync(first);
        (await Store.HoldsAsync(Secret)).ShouldBeFalse();

        var second = await StartAsync(settings);
        await CheckErasedAsync(second);
        (await second.Customers.HandleAsync(AdaKey, new CustomerCommand.Erase(Noon), Never)).Version.ShouldBe(5); // As before.
        (await second.Customers.HandleAsync(AdaKey, Visit("v9"), Never)).Refusal.ShouldBe(CustomerRefusal.Erased);
    }

    [Fact]
    public async Task Scrub_Twice_ChangesNothing()
    {
        var engine = await StartAsync();
        await LiveAsync(engine);
        await EraseAsync(engine);
        await ScrubAsync(engine);
        await ScrubAsync(engine);
        await CheckErasedAsync(engine);
    }

    [Fact]
    public async Task Scrub_NotErased_IsRefusedAndKeepsAll()
    {
        var engine = await StartAsync();
        await LiveAsync(engine);
        var erasure = engine.Get<IJournalErasure>();
        await Should.ThrowAsync<ArgumentException>(async () => await erasure.ScrubAsync(Customer, AdaKey, Never));
        await Should.ThrowAsync<ArgumentException>(async () => await erasure.ScrubAsync(Customer, new(Shop, "nobody"), Never));
        (await engine.Journal.ReadEntityAsync(Customer, AdaKey, Never)).Count.ShouldBe(4);
        (await engine.Customers.HandleAsync(AdaKey, Visit("v9"), Never)).Version.ShouldBe(5); // It goes on.
    }

    [Fact]
    public async Task Scrub_AmongOthers_TouchesNobodyElse()
    {
        var engine = await StartAsync();
        await LiveAsync(engine);
        var eve = new EntityKey(Shop, "eve");
        await engine.Customers.HandleAsync(eve, Visit("v1"), Never);
        await EraseAsync(engine);
        await engine.Customers.HandleAsync(eve, Visit("v2"), Never);
        await ScrubAsync(engine);
        await StopAsync(engine);
        var again = await StartAsync();
        (await again.Customers.ReadAsync(eve, Never)).Visits.Select(v => v.Id).ShouldBe(["v1", "v2"]);
        (await again.Customers.HandleAsync(eve, Visit("v3"), Never)).Version.ShouldBe(3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Follower_FromTheStart_PassesOverWhatWasOverwritten(bool restarted)
    {
        var engine = await StartAsync();
        await LiveAsync(engine);
        await EraseAsync(engine);
        await ScrubAsync(engine);
        if (restarted)
        {
            await StopAsync(engine);
            engine = await StartAsync();
        }

        foreach (var limit in new[] { 1, 2, 1_000 })
        {
            var kinds = new List<string>();
            for (var position = 0L; position < engine.Journal.Head;)
            {
                var batch = await engine.Journal.ReadAsync(position, limit, Never);
                batch.Count.ShouldBeGreaterThan(0); // Never stuck before the head.
                kinds.AddRange(batch.Select(e => e.Kind));
                position = batch[^1].Position;
            }

            kinds.ShouldBe(["customer-erased", "conversation-erased", "order-erased"]);
        }
    }

    [Fact]
    public async Task Feed_FromTheStart_ShowsTheErasureOnly()
    {
        var engine = await StartAsync();
        await LiveAsync(engine);
        await EraseAsync(engine);
        await ScrubAsync(engine);
        await foreach (var frame in engine.Feeds.SubscribeAsync(new FeedKey(Shop, Ada), 0, Never))
        {
            frame.Kind.ShouldBe("customer-erased");
            break;
        }

        await foreach (var frame in engine.Feeds.SubscribeAsync(new FeedKey(Shop, null), 0, Never))
        {
            frame.Kind.ShouldBe("customer-erased");
            break;
        }
    }

    [Fact]
    public async Task Scrub_WhileOthersWrite_LosesNothing()
    {
        var engine = await StartAsync();
        await LiveAsync(engine);
        await EraseAsync(engine);
        var writing = Task.WhenAll(Enumerable.Range(0, 20).Select(async e =>
        {
            for (var i = 0; i < 50; i++)
            {
                await engine.Ledgers.HandleAsync(Ledger.Key($"e{e}"), new LedgerCommand.Count($"{i}"), Never);
            }
        }));
        await ScrubAsync(engine);
        await writing;
        await StopAsync(engine);
        var again = await StartAsync();
        for (var e = 0; e < 20; e++)
        {
            (await again.Ledgers.ReadAsync(Ledger.Key($"e{e}"), Never)).Counts.ShouldBe(Enumerable.Range(0, 50));
        }
    }

    private static CustomerCommand.RecordVisits Visit(string id) => new([new(id, "s1", Noon, PageType.Search, Secret)], Noon);

    private static async Task LiveAsync(EngineUnderTest engine)
    {
        await engine.Customers.HandleAsync(AdaKey, new CustomerCommand.Describe(Secret, null, "en", true, Noon), Never);
        await engine.Customers.HandleAsync(
            AdaKey,
            new CustomerCommand.RecordVisits(
                [new("v1", "s1", Noon, PageType.Search, Secret), new("v2", "s1", Noon, PageType.Search, Secret + new string('x', 20_000))], Noon),
            Never);
        await engine.Customers.HandleAsync(AdaKey, Visit("v3"), Never);
        await engine.Conversations.HandleAsync(ChatKey, new ConversationCommand.Open(Ada, "en", Secret, null, Noon), Never);
        await engine.Conversations.HandleAsync(
            ChatKey, new ConversationCommand.RequestPerson("op1", new(Secret, Secret, Secret, Secret, Secret), Noon), Never);
        await engine.Get<IOrders>().HandleAsync(
            OrderKey, new OrderCommand.Place(Ada, [new("sku", Secret, 1, 10)], 10, "EUR", Noon, null, Noon), Never);
    }

    private static async Task EraseAsync(EngineUnderTest engine)
    {
        await engine.Customers.HandleAsync(AdaKey, new CustomerCommand.Erase(Noon), Never);
        await engine.Conversations.HandleAsync(ChatKey, new ConversationCommand.Erase(Noon), Never);
        await engine.Get<IOrders>().HandleAsync(OrderKey, new OrderCommand.Erase(Noon), Never);
    }

    private static async Task ScrubAsync(EngineUnderTest engine)
    {
        var erasure = engine.Get<IJournalErasure>();
        await erasure.ScrubAsync(Customer, AdaKey, Never);
        await erasure.ScrubAsync(Conversation, ChatKey, Never);
        await erasure.ScrubAsync(Order, OrderKey, Never);
    }

    private static async Task CheckErasedAsync(EngineUnderTest engine)
    {
        (await engine.Customers.ReadAsync(AdaKey, Never)).ShouldBe(CustomerState.Unknown with { IsErased = true });
        (await engine.Conversations.ReadAsync(ChatKey, Never)).IsErased.ShouldBeTrue();
        (await engine.Get<IOrders>().ReadAsync(OrderKey, Never)).IsErased.ShouldBeTrue();
        var left = (await engine.Journal.ReadEntityAsync(Customer, AdaKey, Never)).ShouldHaveSingleItem();
        (left.Version, left.Kind).ShouldBe((5, "customer-erased"));
    }
}
