using SmartService.Domain;
using SmartService.Domain.Popups;

namespace SmartService.Engine.Queries;

/// <summary>What became of popups, shown or withheld, from the journal.</summary>
public interface IPopupOutcomes
{
    /// <summary>How long after a popup a shopper's own question counts as the one foreseen.</summary>
    static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    /// <summary>The newest popups whose outcome is known, newest first.</summary>
    /// <param name="most">1 to 5,000.</param>
    ValueTask<IReadOnlyList<PopupResult>> NewestAsync(TenantId tenant, int most, CancellationToken ct);

    /// <summary>Customers by their first popup in a span of time, and how many of them asked something within <see cref="Window"/> of it.</summary>
    /// <param name="to">Exclusive; later popups than <see cref="Window"/> ago are left out, for their time is not over.</param>
    ValueTask<(LiftGroup Shown, LiftGroup Withheld)> GroupsAsync(TenantId tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);
}

/// <summary>One popup and whether it was right.</summary>
/// <param name="Probability">Foretold.</param>
/// <param name="Exploration">1 when shown for its probability; less when shown to learn.</param>
/// <param name="Right">Opened or found helpful, or the shopper asked just that within <see cref="IPopupOutcomes.Window"/>.</param>
public sealed record PopupResult(PopupId Popup, IntentId Topic, double Probability, double Exploration, bool Withheld, bool Right, DateTimeOffset At);
