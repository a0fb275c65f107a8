using System.Collections.Immutable;

namespace SmartService.Domain;

/// <summary>What a decider answers: facts to write, a refusal, or neither (the command changes nothing).</summary>
public readonly struct Decision<TEvent, TRefusal>
    where TEvent : class
    where TRefusal : struct, Enum
{
    private readonly ImmutableArray<TEvent> _events;

    private Decision(ImmutableArray<TEvent> events, TRefusal? refusal)
    {
        _events = events;
        Refusal = refusal;
    }

    /// <summary>The command has been carried out before, or asks for what already is.</summary>
    public static Decision<TEvent, TRefusal> Unchanged => default;

    public ImmutableArray<TEvent> Events => _events.IsDefault ? [] : _events;

    public TRefusal? Refusal { get; }

#pragma warning disable CA2225 // The conversions are the notation of deciders; a named alternate would not be used.
    public static implicit operator Decision<TEvent, TRefusal>(TEvent e) => new([e], null);

    public static implicit operator Decision<TEvent, TRefusal>(TEvent[] events) => new([.. events], null);

    public static implicit operator Decision<TEvent, TRefusal>(ImmutableArray<TEvent> events) => new(events, null);

    public static implicit operator Decision<TEvent, TRefusal>(TRefusal refusal) => new([], refusal);
#pragma warning restore CA2225
}
