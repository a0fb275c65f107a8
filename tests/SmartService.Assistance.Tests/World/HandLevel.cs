using SmartService.Domain;
using SmartService.Domain.Peak;

namespace SmartService.Assistance.Tests.World;

/// <summary>The rung as the test sets it.</summary>
internal sealed class HandLevel : IServiceLevel
{
    public PeakRung Rung { get; set; }

    public PeakRung RungOf(TenantId tenant) => Rung;
}
