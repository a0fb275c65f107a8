using SmartService.Domain.Conversations;
using SmartService.Domain.Customers;
using SmartService.Domain.Orders;
using SmartService.Domain.Tenants;
using SmartService.Engine;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Projections;

/// <summary>Brings the tables up to date with journalled events.</summary>
internal sealed class Projector(ReadModelWriter writer)
{
    private readonly CustomerProjection _customers = new(writer);
    private readonly ConversationProjection _conversations = new(writer);
    private readonly OrderProjection _orders = new(writer);

    /// <summary>Events at or before the tables' position change nothing; the rest is written in one transaction.</summary>
    public void Project(IReadOnlyList<JournalledEvent> events)
    {
        if (events.Count == 0 || events[^1].Position <= writer.Position)
        {
            return;
        }

        var known = writer.Position;
        writer.Write(events[^1].Position, () =>
        {
            foreach (var e in events)
            {
                if (e.Position > known)
                {
                    Apply(e);
                }
            }
        });
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
                writer.Tenants.Add(e.Entity.Tenant.Value, created.Profile.Name, created.Profile.Locale, e.At.UtcTicks);
                break;
            case TenantEvent.ProfileChanged changed:
                writer.Tenants.Change(e.Entity.Tenant.Value, changed.Profile.Name, changed.Profile.Locale);
                break;
        }
    }
}
