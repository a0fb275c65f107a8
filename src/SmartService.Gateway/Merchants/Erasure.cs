using SmartService.Domain;
using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Engine;
using SmartService.Engine.Queries;

namespace SmartService.Gateway.Merchants;

/// <summary>
/// Forgets a person. What belongs to the person is read from the journal, not from a read model that may lag or be bounded:
/// every conversation and order the customer's own history names, and the anonymous customers it took over. Each entity
/// is erased first and its history overwritten after, the customer's last of all: cut off at any point, a second call finds
/// what is left to do.
/// </summary>
internal sealed class Erasure(
    ICustomers customers, IConversations conversations, IOrders orders, IJournalReader journal, IJournalErasure scrubber, IDirectory directory, TimeProvider clock)
{
    private const int PageSize = 200;

    public async ValueTask<ErasedAnswer> EraseAsync(TenantId tenant, CustomerId customer, CancellationToken ct)
    {
        var belongings = new Belongings();
        await CollectAsync(tenant, customer, belongings, ct);
        foreach (var conversation in belongings.Conversations)
        {
            await EraseAsync(tenant, conversation, belongings.Customers, ct);
        }

        foreach (var order in belongings.Orders)
        {
            await EraseAsync(tenant, order, ct);
        }

        foreach (var person in Enumerable.Reverse(belongings.Customers))
        {
            var key = Entity.Customer(tenant, person);
            await customers.HandleAsync(key, new CustomerCommand.Erase(clock.GetUtcNow()), ct);
            await scrubber.ScrubAsync("customer", key, ct);
        }

        return new(belongings.Customers.Count, belongings.Conversations.Count, belongings.Orders.Count);
    }

    private async ValueTask CollectAsync(TenantId tenant, CustomerId customer, Belongings found, CancellationToken ct)
    {
        if (found.Customers.Contains(customer))
        {
            return;
        }

        found.Customers.Add(customer);
        var adopted = new List<CustomerId>();
        foreach (var entry in await journal.ReadEntityAsync("customer", Entity.Customer(tenant, customer), ct))
        {
            switch (entry.Event)
            {
                case CustomerEvent.ConversationNoted noted:
                    found.Conversations.Add(noted.Conversation);
                    break;
                case CustomerEvent.OrderNoted noted:
                    found.Orders.Add(noted.Order.Id);
                    break;
                case CustomerEvent.Adopted taken:
                    adopted.Add(taken.Anonymous);
                    break;
                default:
                    break;
            }
        }

        await CollectListedAsync(tenant, customer, found, ct);
        foreach (var anonymous in adopted)
        {
            await CollectAsync(tenant, anonymous, found, ct);
        }
    }

    /// <summary>Conversations that the customer's history does not name yet, or no longer after an erasure that was cut off.</summary>
    private async ValueTask CollectListedAsync(TenantId tenant, CustomerId customer, Belongings found, CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await directory.ConversationsAsync(tenant, null, null, customer, cursor, PageSize, ct);
            found.Conversations.UnionWith(page.Items.Select(r => r.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private async ValueTask EraseAsync(TenantId tenant, ConversationId conversation, List<CustomerId> owners, CancellationToken ct)
    {
        var key = Entity.Conversation(tenant, conversation);
        var state = await conversations.ReadAsync(key, ct);
        if (state.Customer is { } owner && owners.Contains(owner))
        {
            await conversations.HandleAsync(key, new ConversationCommand.Erase(clock.GetUtcNow()), ct);
            await scrubber.ScrubAsync("conversation", key, ct);
        }
    }

    private async ValueTask EraseAsync(TenantId tenant, OrderId order, CancellationToken ct)
    {
        var key = Entity.Order(tenant, order);
        var state = await orders.ReadAsync(key, ct);
        if (state.Customer is null && !state.IsErased)
        {
            return;
        }

        await orders.HandleAsync(key, new OrderCommand.Erase(clock.GetUtcNow()), ct);
        await scrubber.ScrubAsync("order", key, ct);
    }

    private sealed class Belongings
    {
        /// <summary>The person first, then whom it took over.</summary>
        public List<CustomerId> Customers { get; } = [];

        public HashSet<ConversationId> Conversations { get; } = [];

        public HashSet<OrderId> Orders { get; } = [];
    }
}
