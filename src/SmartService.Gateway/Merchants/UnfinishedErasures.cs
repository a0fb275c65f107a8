using SmartService.Domain;
using SmartService.Engine.Scheduling;

namespace SmartService.Gateway.Merchants;

/// <summary>Finishes erasures that were cut off; see <see cref="ErasureRequests"/>.</summary>
internal sealed class UnfinishedErasures(Erasure erasure) : IReminderHandler
{
    public string Kind => ErasureRequests.Kind;

    /// <summary>The reminder's name is the customer's key, "tenant/customer"; neither id holds a slash.</summary>
    public async ValueTask HandleAsync(Reminder reminder, CancellationToken ct)
    {
        var slash = reminder.Name.IndexOf('/', StringComparison.Ordinal);
        await erasure.EraseAsync(new TenantId(reminder.Name[..slash]), new CustomerId(reminder.Name[(slash + 1)..]), ct);
    }
}
