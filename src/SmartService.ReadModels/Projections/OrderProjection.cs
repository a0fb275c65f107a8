using SmartService.Domain.Orders;
using SmartService.Engine;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Projections;

internal sealed class OrderProjection(ReadModelWriter writer)
{
    public void Apply(JournalledEvent e, OrderEvent happened)
    {
        var (tenant, id) = (e.Entity.Tenant.Value, e.Entity.Id);
        if (happened is OrderEvent.Erased)
        {
            Erase(tenant, id, $"{e.Region}/{id}");
            return;
        }

        if (happened is OrderEvent.Placed placed)
        {
            Place(e, tenant, id, placed.Customer.Value);
        }

        writer.Note(e, writer.Orders.CustomerOf(tenant, id));
    }

    private void Erase(string tenant, string id, string entity)
    {
        var owner = writer.Orders.CustomerOf(tenant, id);
        writer.Erasure.Order(tenant, id, entity, owner);
        if (owner is not null && writer.Customers.Find((tenant, owner)) is { IsErased: false } customer)
        {
            customer.Orders--;
            writer.Customers.Changed(customer);
        }
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
