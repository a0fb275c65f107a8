using System.Collections.Immutable;

namespace SmartService.Domain.Peak;

/// <summary>A practice for a bounded time.</summary>
/// <param name="PerSecond">How many messages a second are served in a rehearsed line.</param>
public sealed record PeakRehearsal(PeakRung Rung, double PerSecond, DateTimeOffset Until);

/// <summary>Commands to what people set by hand for a whole installation. Key: <see cref="PeakSwitchState.Key"/>.</summary>
public abstract record PeakSwitchCommand(DateTimeOffset At)
{
    /// <summary>Every store stands on the rung, whatever is measured, until it is let go.</summary>
    public sealed record Hold(PeakRung Rung, DateTimeOffset At) : PeakSwitchCommand(At);

    /// <summary>The ladder moves by itself again.</summary>
    public sealed record LetGo(DateTimeOffset At) : PeakSwitchCommand(At);

    /// <param name="Tenant">Null for all.</param>
    public sealed record Rehearse(TenantId? Tenant, PeakRehearsal Rehearsal, DateTimeOffset At) : PeakSwitchCommand(At);

    /// <param name="Tenant">Null ends the one of all, and every store's own.</param>
    public sealed record EndRehearsal(TenantId? Tenant, DateTimeOffset At) : PeakSwitchCommand(At);
}

public abstract record PeakSwitchEvent(DateTimeOffset At)
{
    public sealed record RungHeld(PeakRung Rung, DateTimeOffset At) : PeakSwitchEvent(At);

    public sealed record RungLetGo(DateTimeOffset At) : PeakSwitchEvent(At);

    public sealed record RehearsalBegun(TenantId? Tenant, PeakRehearsal Rehearsal, DateTimeOffset At) : PeakSwitchEvent(At);

    public sealed record RehearsalEnded(TenantId? Tenant, DateTimeOffset At) : PeakSwitchEvent(At);
}

public enum PeakSwitchRefusal
{
    /// <summary>A rate or an end outside its range.</summary>
    OutOfRange,

    /// <summary><see cref="PeakSwitchState.MaxStores"/> stores rehearse at once.</summary>
    TooManyRehearsals,
}

/// <summary>What people have set by hand.</summary>
/// <param name="Version">Counts the changes: of two states the higher one is the later.</param>
/// <param name="Held">The rung a person holds; null when the ladder moves by itself.</param>
/// <param name="Everywhere">The rehearsal of all stores, over or not; null when there is none.</param>
/// <param name="Stores">Stores' own rehearsals, over or not, by tenant id.</param>
public sealed record PeakSwitchState(long Version, PeakRung? Held, PeakRehearsal? Everywhere, ImmutableDictionary<string, PeakRehearsal> Stores)
{
    public const int MaxStores = 1_000;
    public const double LeastPerSecond = 0.1;
    public const double MostPerSecond = 1_000;
    public const int LongestRehearsalSeconds = 3_600;

    public static PeakSwitchState Initial { get; } = new(0, null, null, ImmutableDictionary<string, PeakRehearsal>.Empty);

    /// <summary>There is one for all stores, under a tenant that no store can be.</summary>
    public static EntityKey Key { get; } = new(new("_installation"), "peak");

    /// <summary>What a store rehearses at a moment: its own while that lasts, else the one of all. Null when neither lasts.</summary>
    public PeakRehearsal? RehearsalOf(TenantId tenant, DateTimeOffset now) =>
        Stores.TryGetValue(tenant.Value, out var own) && own.Until > now ? own : RehearsalOfAll(now);

    public PeakRehearsal? RehearsalOfAll(DateTimeOffset now) => Everywhere is { } all && all.Until > now ? all : null;
}
