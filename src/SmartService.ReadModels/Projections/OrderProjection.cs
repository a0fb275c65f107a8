using SmartService.Domain.Orders;
using SmartService.Engine;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Projections;

internal sealed class OrderProjection(ReadModelWriter writer)
{
    public void Apply(JournalledEvent e, OrderEvent happened)
    {
        var (tenant, id) = (e.Entity.Tenant.Value, e.Entity.Id);
        if (happened is OrderEvent.Placed placed)
        {
            Place(e, tenant, id, placed.Customer.Value);
        }

        writer.Note(e, writer.Orders.CustomerOf(tenant, id));
    }

    private void Place(JournalledEvent e, string tenant, string id, string owner)
    {
        var customer = writer.Customer(tenant, owner, e.At);
        if (customer.IsErased)
        {
            return;
        }

        if (writer.Orders.Add(tenant, id, owner))
        {
            customer.Orders++;
            writer.Customers.Changed(customer);
        }

        writer.Timeline.Own(tenant, $"{e.Region}/{id}", owner);
    }
}
