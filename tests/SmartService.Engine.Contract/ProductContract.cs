using System.Text.Json;
using Shouldly;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;
using Xunit;

namespace SmartService.Engine.Contract;

/// <summary>The product's own entities over an engine: stored, fed and brought back.</summary>
public abstract class ProductContract(IEngineStore store) : EngineContract(store)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Shop = new("shop");
    private static readonly CustomerId Ada = new("ada");

    [Fact]
    public async Task Customer_VisitsAndPopups_OnlyPopupsReachTheShopper()
    {
        var engine = await StartAsync();
        var key = new EntityKey(Shop, Ada.Value);
        await engine.Customers.HandleAsync(key, new CustomerCommand.RecordVisits([new("v1", "s1", Noon, PageType.Orders)], Noon), Never);
        var offer = new HelpOffer(
            new("p1"), Intents.OrderDelay, new("A-1"), null, "Late", "because your parcel is late", "parcel_late", "It comes on Friday.",
            [new("Track", "/orders/A-1")], [new("order", "A-1", 3)], 0.9);
        var policy = PopupPolicy.Default with { HoldoutShare = 0 };
        var reply = await engine.Customers.HandleAsync(
            key, new CustomerCommand.OfferHelp(offer, "s1", "v1", false, policy, Shop, Ada, Noon.AddSeconds(1)), Never);
        reply.Refusal.ShouldBeNull();

        await foreach (var frame in engine.Feeds.SubscribeAsync(new(Shop, Ada), 0, Never))
        {
            frame.Kind.ShouldBe("popup-offered");
            frame.Event.ShouldBeOfType<CustomerEvent.PopupOffered>().Offer.Why.ShouldBe(offer.Why);
            break;
        }
    }

    [Fact]
    public async Task Conversation_Events_ReachItsCustomerAndStaff()
    {
        var engine = await StartAsync();
        var key = new EntityKey(Shop, "c1");
        await engine.Conversations.HandleAsync(key, new ConversationCommand.Open(Ada, "en", null, null, Noon), Never);
        await engine.Conversations.HandleAsync(
            key, new ConversationCommand.RequestPerson("op1", new("?", "A person comes.", "A person comes.", "Said.", "Sorry."), Noon), Never);
        (await KindsAsync(engine, new(Shop, Ada), 2)).ShouldBe(["conversation-opened", "conversation-handed-off"]);
        (await KindsAsync(engine, new(Shop, null), 2)).ShouldBe(["conversation-opened", "conversation-handed-off"]);
    }

    [Fact]
    public async Task Conversation_AfterRestart_IsTheSame()
    {
        var first = await StartAsync(new() { SnapshotEvery = 2 });
        var key = new EntityKey(Shop, "c1");
        await first.Conversations.HandleAsync(key, new ConversationCommand.Open(Ada, "ko", "web", null, Noon), Never);
        await first.Conversations.HandleAsync(
            key, new ConversationCommand.RequestPerson("op1", new("?", "상담원을 연결해요.", "상담원", "", ""), Noon), Never);
        var before = Text(await first.Conversations.ReadAsync(key, Never));
        await StopAsync(first);
        var second = await StartAsync(new() { SnapshotEvery = 2 });
        Text(await second.Conversations.ReadAsync(key, Never)).ShouldBe(before);
    }

    private static string Text(ConversationState state) => JsonSerializer.Serialize(state, StoredEvents.Json<ConversationState>());

    private static async Task<List<string>> KindsAsync(EngineUnderTest engine, FeedKey feed, int count)
    {
        var kinds = new List<string>();
        await foreach (var frame in engine.Feeds.SubscribeAsync(feed, 0, Never))
        {
            kinds.Add(frame.Kind);
            if (kinds.Count == count)
            {
                break;
            }
        }

        return kinds;
    }
}
