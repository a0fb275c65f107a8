using SmartService.Domain.Peak;

namespace SmartService.Gateway.Peak;

/// <summary>Where a shopper stands; in answers, in problems and on the stream.</summary>
/// <param name="Place">In the line, from 1.</param>
/// <param name="Rehearsal">True while it is only practised.</param>
internal sealed record PeakView(PeakRung Rung, int? Place, int? WaitSeconds, bool? Rehearsal);

internal sealed record PeakChange(string? Rung);

internal sealed record RehearsalRequest(string? Rung, string? Tenant, int? Seconds, double? PerSecond);

internal sealed record RehearsalView(PeakRung Rung, string? Tenant, double PerSecond, DateTimeOffset Until);

internal sealed record PeakFigures(double Pressure, double QueueAgeMs, double FlushMs, double Cpu, double WorkPerSecond, double ServedPerSecond, int InFlight, int Limit, int Held, int Waiting);

/// <summary>Why a store stands where it does.</summary>
/// <param name="Cause">calm, light (others ask for more than their share, this one does not), manual, rehearsal, line, queue, flush or cpu: whichever is nearest to its limit.</param>
/// <param name="Pressure">1 is a limit reached.</param>
internal sealed record PeakWhy(string Cause, double Pressure, double QueueAgeMs, double FlushMs, double Cpu);

/// <param name="Light">Asks for no more than its share, and keeps full answers.</param>
/// <param name="Ladder">The rung in force for stores over their share; only in a store's own answer, like what follows.</param>
/// <param name="RehearsalUntil">When what is practised ends.</param>
internal sealed record PeakStoreView(
    string Id, PeakRung Rung, bool Light, double AskedPerSecond, double ServedPerSecond, int Waiting, int WaitSeconds, bool? Rehearsal, PeakRung? Ladder = null, PeakWhy? Why = null,
    DateTimeOffset? RehearsalUntil = null);

/// <param name="Rung">In force for stores over their share.</param>
/// <param name="Manual">Whether a person holds it.</param>
internal sealed record PeakAnswer(
    PeakRung Rung, bool Manual, PeakFigures Figures, IReadOnlyList<PeakStoreView> Stores, IReadOnlyList<RehearsalView> Rehearsals);

internal sealed record CallBackRequest(string? OperationId, string? ClientId, string? Text, string? Contact, string? Locale);
