using System.Collections.Immutable;
using SmartService.Domain;

namespace SmartService.Engine.Contract.Ledgers;

/// <summary>The suite's own small entity: amounts put in, each once by its id, in order.</summary>
public abstract record LedgerCommand
{
    /// <summary>Puts an amount in. The same id twice is one entry.</summary>
    public sealed record Put(string Id, long Amount, string? Customer = null, string? Memo = null) : LedgerCommand;

    /// <summary>Writes many entries in one append.</summary>
    public sealed record PutMany(ImmutableArray<string> Ids) : LedgerCommand;

    /// <summary>Puts in what the ledger holds now, so that a lost update shows.</summary>
    public sealed record Count(string Id) : LedgerCommand;

    public sealed record Throw(string Message) : LedgerCommand;
}

public abstract record LedgerEvent
{
    public sealed record Entered(string Id, long Amount, string? Customer, string? Memo) : LedgerEvent;

    /// <summary>For staff only.</summary>
    public sealed record Counted(string Id, int Number) : LedgerEvent;
}

public enum LedgerRefusal
{
    Negative,
}

public sealed record LedgerState(long Sum, ImmutableList<string> Ids, string? Customer, ImmutableArray<int> Counts)
{
    public static LedgerState Empty { get; } = new(0, [], null, []);
}

public sealed class LedgerDecider : IDecider<LedgerState, LedgerCommand, LedgerEvent, LedgerRefusal>
{
    public static LedgerState Initial => LedgerState.Empty;

    public static Decision<LedgerEvent, LedgerRefusal> Decide(LedgerState state, LedgerCommand command) => command switch
    {
        LedgerCommand.Put { Amount: < 0 } => LedgerRefusal.Negative,
        LedgerCommand.Put c when state.Ids.Contains(c.Id) => Decision<LedgerEvent, LedgerRefusal>.Unchanged,
        LedgerCommand.Put c => new LedgerEvent.Entered(c.Id, c.Amount, c.Customer, c.Memo),
        LedgerCommand.PutMany c => ImmutableArray.CreateRange<LedgerEvent>(c.Ids.Select(id => new LedgerEvent.Entered(id, 1, null, null))),
        LedgerCommand.Count c when state.Ids.Contains(c.Id) => Decision<LedgerEvent, LedgerRefusal>.Unchanged,
        LedgerCommand.Count c => new LedgerEvent.Counted(c.Id, state.Ids.Count),
        LedgerCommand.Throw c => throw new InvalidOperationException(c.Message),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    public static LedgerState Evolve(LedgerState state, LedgerEvent e) => e switch
    {
        LedgerEvent.Entered x => state with { Sum = state.Sum + x.Amount, Ids = state.Ids.Add(x.Id), Customer = x.Customer ?? state.Customer },
        LedgerEvent.Counted x when x.Number == state.Ids.Count => state with { Ids = state.Ids.Add(x.Id), Counts = state.Counts.Add(x.Number) },
        _ => throw new CorruptHistoryException(state, e),
    };
}
