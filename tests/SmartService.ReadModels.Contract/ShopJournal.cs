using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Domain.Popups;
using SmartService.Domain.Tenants;
using SmartService.Engine;

namespace SmartService.ReadModels.Contract;

/// <summary>A journal in memory with the events of a small shop, a second apart.</summary>
public sealed class ShopJournal : IJournalReader
{
    public static readonly TenantId Tenant = new("north");
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private readonly List<JournalledEvent> _events = [];

    public long Head => _events.Count;

    public DateTimeOffset Now => Start.AddSeconds(_events.Count);

    public IReadOnlyList<JournalledEvent> Events => _events;

    public ShopJournal Customer(string id, CustomerEvent e, string? tenant = null) => Add("customer", id, "customer-" + e.GetType().Name, e, tenant);

    public ShopJournal Conversation(string id, ConversationEvent e, string? tenant = null) => Add("conversation", id, "conversation-" + e.GetType().Name, e, tenant);

    public ShopJournal Order(string id, OrderEvent e) => Add("order", id, "order-" + e.GetType().Name, e, null);

    public ShopJournal Tenanted(string id, TenantEvent e) => Add("tenant", id, "tenant-" + e.GetType().Name, e, id);

    public ShopJournal Visit(string customer, string id) =>
        Customer(customer, new CustomerEvent.Visited(new(id, "s-1", Now, PageType.Orders), Now));

    public ShopJournal Open(string conversation, string customer, string? tenant = null) =>
        Conversation(conversation, new ConversationEvent.Opened(new(customer), "en", null, Now), tenant);

    public ShopJournal Ask(string conversation, int number, string text, string intent = "delivery.fee", double confidence = 0.9, string? tenant = null) =>
        Conversation(conversation, new ConversationEvent.CustomerAsked(
            number, $"m-{number}", text, new(new(intent), confidence, 0.1, "en", "m@1"), Now), tenant);

    public ShopJournal Answer(string conversation, int replies, string text, string item = "fee", string? tenant = null) =>
        Conversation(conversation, new ConversationEvent.BotAnswered(
            replies + 1, replies, new("delivery.fee"), text, new("qna", item, 3, "Fee?"), 0.8, [], Now), tenant);

    public ShopJournal HandOff(string conversation, int replies) =>
        Conversation(conversation, new ConversationEvent.HandedOff(replies + 1, replies, "A colleague will reply.", HandOffReason.Unanswered, Now));

    public ShopJournal Offer(string customer, string popup, bool withheld = false) => Customer(customer, withheld
        ? new CustomerEvent.PopupWithheld(new(popup), new("order.delay"), null, "parcel_late", 0.8, "s-1", Now)
        : new CustomerEvent.PopupOffered(
            new(new(popup), new("order.delay"), null, null, "Late", "because it is late", "parcel_late", "Thursday.", [], [], 0.8), "s-1", Now));

    public ShopJournal Report(string customer, string popup, PopupOutcome outcome) => Customer(customer, new CustomerEvent.PopupReported(new(popup), outcome, Now));

    public ShopJournal Place(string order, string customer) => Order(order, new OrderEvent.Placed(
        new(customer), ImmutableArray.Create(new OrderLine("p", "Jacket", 1, 10m)), 10m, "USD", Now, null, Now));

    /// <summary>A bit of everything.</summary>
    public ShopJournal Bustle()
    {
        Order("N-1", new OrderEvent.CheckpointNoted(new("k", Now, CheckpointStatus.InTransit, "Busan"), Now));
        Place("N-1", "ada").Visit("ada", "v-1").Visit("bob", "v-2").Offer("ada", "p-1").Report("ada", "p-1", PopupOutcome.Opened).Offer("bob", "p-2", withheld: true);
        Customer("ada", new CustomerEvent.Described("Ada 김", CustomerTier.Gold, "ko", true, Now));
        Open("c-1", "ada").Ask("c-1", 1, "배송비가 얼마인가요?").Answer("c-1", 1, "배송비는 3,000원입니다.");
        Conversation("c-1", new ConversationEvent.AnswerRated(2, false, Now)).Ask("c-1", 3, "can I pay 50% later?", "payment.installment", 0.4).HandOff("c-1", 3);
        Conversation("c-1", new ConversationEvent.AgentReplied(5, "a-1", "mia", "Yes, in 3 parts.", Now));
        Conversation("c-1", new ConversationEvent.ConversationRated(4, null, Now)).Conversation("c-1", new ConversationEvent.Closed(Now));
        return Open("c-2", "bob").Ask("c-2", 1, "我的退款什么时候到账？", "refund.status").HandOff("c-2", 1);
    }

    public ValueTask<IReadOnlyList<JournalledEvent>> ReadAsync(long after, int limit, CancellationToken ct) => new([.. _events.Skip((int)after).Take(limit)]);

    public ValueTask<IReadOnlyList<JournalledEvent>> ReadEntityAsync(string region, EntityKey key, CancellationToken ct) =>
        new([.. _events.Where(e => e.Region == region && e.Entity == key)]);

    public ValueTask WaitBeyondAsync(long position, CancellationToken ct) => throw new NotSupportedException();

    private ShopJournal Add(string region, string id, string kind, object e, string? tenant)
    {
        _events.Add(new(_events.Count + 1, region, new(tenant is null ? Tenant : new(tenant), id), 1, kind, e, Now));
        return this;
    }
}
