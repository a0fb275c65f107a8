using SmartService.Domain;
using SmartService.Domain.Peak;

namespace SmartService.Assistance;

/// <summary>How much of the service a tenant's shoppers get now. Asked for every message: answers from memory, at once.</summary>
public interface IServiceLevel
{
    PeakRung RungOf(TenantId tenant);
}

/// <summary>Everything, always: where nobody watches the machine.</summary>
internal sealed class FullService : IServiceLevel
{
    public PeakRung RungOf(TenantId tenant) => PeakRung.Full;
}
