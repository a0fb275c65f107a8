using SmartService.Domain;
using SmartService.Domain.Popups;
using SmartService.Engine.Queries;

namespace SmartService.Assistance.Anticipation;

/// <summary>Stands in where no read models run: the shipped model is used as it is.</summary>
internal sealed class NoPopupOutcomes : IPopupOutcomes
{
    public ValueTask<IReadOnlyList<PopupResult>> NewestAsync(TenantId tenant, int most, CancellationToken ct) => new([]);

    public ValueTask<(LiftGroup Shown, LiftGroup Withheld)> GroupsAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        new((default(LiftGroup), default(LiftGroup)));
}
