using SmartService.Domain.Customers;
using SmartService.Engine;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Projections;

internal sealed class CustomerProjection(IReadModelTables tables)
{
    public void Apply(JournalledEvent e, CustomerEvent happened)
    {
        var (tenant, id) = (e.Entity.Tenant.Value, e.Entity.Id);
        if (happened is CustomerEvent.Erased)
        {
            Erase(e, tenant, id);
            return;
        }

        var customer = tables.Customer(tenant, id, e.At);
        switch (happened)
        {
            case CustomerEvent.Described described:
                Describe(customer, described);
                break;
            case CustomerEvent.OrderNoted noted:
                CountOrder(customer, noted.Order.Id.Value);
                return; // The order's own event stands in the timeline.
            case CustomerEvent.ConversationNoted:
                return; // So does the conversation's.
            case CustomerEvent.ForecastMade made:
                tables.PutForecast(tenant, id, e.At.UtcTicks, made.Ranked);
                break;
            case CustomerEvent.PopupOffered offered:
                tables.AddPopup(
                    tenant, offered.Offer.Id, id, e.At.UtcTicks, withheld: false, offered.Offer.Topic, offered.Offer.Probability, offered.Offer.Exploration);
                break;
            case CustomerEvent.PopupWithheld withheld:
                tables.AddPopup(
                    tenant, withheld.Popup, id, e.At.UtcTicks, withheld: true, withheld.Topic, withheld.Probability, withheld.Exploration);
                break;
            case CustomerEvent.PopupReported reported:
                tables.ReportPopup(tenant, reported.Popup, reported.Outcome);
                break;
        }

        if (happened is CustomerEvent.Visited or CustomerEvent.Described or CustomerEvent.PopupReported or CustomerEvent.SuggestionChosen)
        {
            tables.Seen(customer, e.At);
        }

        tables.Note(e, id);
    }

    private void Describe(CustomerEntry customer, CustomerEvent.Described described)
    {
        customer.Name = described.Name ?? customer.Name;
        customer.Tier = (int?)described.Tier ?? customer.Tier;
        customer.Locale = described.Locale ?? customer.Locale;
        customer.Identified |= described.Identified;
        tables.Customers.Changed(customer);
    }

    private void CountOrder(CustomerEntry customer, string order)
    {
        if (tables.AddOrder(customer.Tenant, order, customer.Id))
        {
            customer.Orders++;
            tables.Customers.Changed(customer);
        }
    }

    /// <summary>What stays is that there was someone, so that late events do not bring the person back.</summary>
    private void Erase(JournalledEvent e, string tenant, string id)
    {
        tables.EraseCustomer(tenant, id);
        tables.Note(e, id);
        var row = new CustomerEntry { Tenant = tenant, Id = id, FirstSeen = e.At.UtcTicks, LastSeen = e.At.UtcTicks, IsErased = true };
        tables.Customers.Add((tenant, id), row);
    }
}
