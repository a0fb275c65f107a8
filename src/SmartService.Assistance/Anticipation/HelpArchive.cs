using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine;

namespace SmartService.Assistance.Anticipation;

/// <summary>Finds the help a popup showed. The customer entity keeps only that it was shown; the journal has its words.</summary>
internal sealed class HelpArchive(ICustomers customers, IJournalReader journal)
{
    /// <returns>Null when no such popup was shown to this customer.</returns>
    public async ValueTask<HelpOffer?> FindAsync(TenantId tenant, CustomerId customer, PopupId popup, CancellationToken ct)
    {
        var key = new EntityKey(tenant, customer.Value);
        var state = await customers.ReadAsync(key, ct);
        if (!state.Popups.Any(shown => shown.Id == popup && !shown.Withheld))
        {
            return null;
        }

        var history = await journal.ReadEntityAsync(Regions.Customers.Name, key, ct);
        return history.Reverse().Select(e => e.Event).OfType<CustomerEvent.PopupOffered>().FirstOrDefault(e => e.Offer.Id == popup)?.Offer;
    }
}
