using SmartService.Domain.Orders;
using SmartService.Engine;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Projections;

internal sealed class OrderProjection(IReadModelTables tables)
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

        tables.Note(e, tables.CustomerOfOrder(tenant, id));
    }

    private void Erase(string tenant, string id, string entity)
    {
        var owner = tables.CustomerOfOrder(tenant, id);
        tables.EraseOrder(tenant, id, entity, owner);
        if (owner is not null && tables.Customers.Find((tenant, owner)) is { IsErased: false } customer)
        {
            customer.Orders--;
            tables.Customers.Changed(customer);
        }
    }

    private void Place(JournalledEvent e, string tenant, string id, string owner)
    {
        var customer = tables.Customer(tenant, owner, e.At);
        if (customer.IsErased)
        {
            return;
        }

        if (tables.AddOrder(tenant, id, owner))
        {
            customer.Orders++;
            tables.Customers.Changed(customer);
        }

        tables.OwnTimeline(tenant, $"{e.Region}/{id}", owner);
    }
}
