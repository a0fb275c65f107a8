using static SmartService.Domain.Peak.PeakSwitchCommand;
using static SmartService.Domain.Peak.PeakSwitchEvent;
using Decision = SmartService.Domain.Decision<SmartService.Domain.Peak.PeakSwitchEvent, SmartService.Domain.Peak.PeakSwitchRefusal>;

namespace SmartService.Domain.Peak;

/// <summary>What people set by hand: a rung held for everybody, and rehearsals that end by themselves.</summary>
public sealed class PeakSwitchDecider : IDecider<PeakSwitchState, PeakSwitchCommand, PeakSwitchEvent, PeakSwitchRefusal>
{
    private PeakSwitchDecider()
    {
    }

    public static PeakSwitchState Initial => PeakSwitchState.Initial;

    public static Decision Decide(PeakSwitchState state, PeakSwitchCommand command) => command switch
    {
        Hold c when !Enum.IsDefined(c.Rung) => PeakSwitchRefusal.OutOfRange,
        Hold c => state.Held == c.Rung ? Decision.Unchanged : new RungHeld(c.Rung, c.At),
        LetGo c => state.Held is null ? Decision.Unchanged : new RungLetGo(c.At),
        Rehearse c => DecideRehearsal(state, c),
        EndRehearsal c => IsNone(state, c.Tenant) ? Decision.Unchanged : new RehearsalEnded(c.Tenant, c.At),
        _ => throw new ArgumentException($"Unknown command {command.GetType().Name}.", nameof(command)),
    };

    public static PeakSwitchState Evolve(PeakSwitchState state, PeakSwitchEvent e) => (e switch
    {
        RungHeld h => state with { Held = h.Rung },
        RungLetGo => state with { Held = null },
        RehearsalBegun { Tenant: { } tenant } b => state with { Stores = Lasting(state, b.At).Stores.SetItem(tenant.Value, b.Rehearsal) },
        RehearsalBegun b => Lasting(state, b.At) with { Everywhere = b.Rehearsal },
        RehearsalEnded { Tenant: { } tenant } => state with { Stores = state.Stores.Remove(tenant.Value) },
        RehearsalEnded => state with { Everywhere = null, Stores = state.Stores.Clear() },
        _ => throw new CorruptHistoryException(state, e),
    }) with { Version = state.Version + 1 };

    private static Decision DecideRehearsal(PeakSwitchState state, Rehearse c)
    {
        var (rung, perSecond, until) = c.Rehearsal;
        if (!Enum.IsDefined(rung) || !(perSecond is >= PeakSwitchState.LeastPerSecond and <= PeakSwitchState.MostPerSecond)
            || until <= c.At || until - c.At > TimeSpan.FromSeconds(PeakSwitchState.LongestRehearsalSeconds))
        {
            return PeakSwitchRefusal.OutOfRange;
        }

        var known = c.Tenant is { } tenant ? state.Stores.GetValueOrDefault(tenant.Value) : state.Everywhere;
        return known == c.Rehearsal ? Decision.Unchanged
            : c.Tenant is not null && known is null && Lasting(state, c.At).Stores.Count >= PeakSwitchState.MaxStores ? PeakSwitchRefusal.TooManyRehearsals
            : new RehearsalBegun(c.Tenant, c.Rehearsal, c.At);
    }

    private static bool IsNone(PeakSwitchState state, TenantId? tenant) =>
        tenant is { } one ? !state.Stores.ContainsKey(one.Value) : state.Everywhere is null && state.Stores.IsEmpty;

    /// <summary>Without what is over.</summary>
    private static PeakSwitchState Lasting(PeakSwitchState state, DateTimeOffset now) =>
        state with { Stores = state.Stores.RemoveRange(state.Stores.Where(s => s.Value.Until <= now).Select(s => s.Key)) };
}
