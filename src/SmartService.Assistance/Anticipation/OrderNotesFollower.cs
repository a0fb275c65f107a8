using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Engine;

namespace SmartService.Assistance.Anticipation;

/// <summary>Tells customers the newest of their orders. Reads the order itself, so that a batch of parcel scans is one note.</summary>
internal sealed class OrderNotesFollower(IOrders orders, ICustomers customers, TimeProvider time) : IJournalFollower
{
    public string Name => "order-notes";

    public bool Ignores(Type e) => !e.IsSubclassOf(typeof(OrderEvent));

    public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct) =>
        Patience.ForEachAsync(events.Where(e => e.Region == Regions.Orders.Name).Select(e => e.Entity).Distinct(), NoteAsync, ct);

    private async ValueTask NoteAsync(EntityKey order, CancellationToken ct)
    {
        var state = await orders.ReadInPassingAsync(order, ct);
        if (state.Customer is { } customer)
        {
            var note = new CustomerCommand.NoteOrder(OrderSummaries.From(new(order.Id), state), time.GetUtcNow());
            await customers.TellAsync(new(order.Tenant, customer.Value), note, time, ct);
        }
    }
}
