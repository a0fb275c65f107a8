using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Projections;

/// <summary>Brings the tables up to date with journalled events.</summary>
internal sealed class Projector(IReadModelTables tables)
{
    private readonly CustomerProjection _customers = new(tables);
    private readonly ConversationProjection _conversations = new(tables);
    private readonly OrderProjection _orders = new(tables);

    /// <summary>Applies the events after a position.</summary>
    public void Apply(IReadOnlyList<JournalledEvent> events, long known)
    {
        foreach (var e in events)
        {
            if (e.Position > known)
            {
                Apply(e);
            }
        }
    }

    private void Apply(JournalledEvent e)
    {
        switch (e.Event)
        {
            case ConversationEvent conversation:
                _conversations.Apply(e, conversation);
                break;
            case CustomerEvent customer:
                _customers.Apply(e, customer);
                break;
            case OrderEvent order:
                _orders.Apply(e, order);
                break;
            case TenantEvent.Created created:
                tables.AddTenant(e.Entity.Tenant.Value, created.Profile.Name, created.Profile.Locale, e.At.UtcTicks);
                break;
            case TenantEvent.ProfileChanged changed:
                tables.ChangeTenant(e.Entity.Tenant.Value, changed.Profile.Name, changed.Profile.Locale);
                break;
        }
    }
}
