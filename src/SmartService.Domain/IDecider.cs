namespace SmartService.Domain;

/// <summary>The rules of one kind of entity. Pure: time, ids and chance arrive inside the command.</summary>
/// <remarks>Decide may refuse; Evolve may not, it replays facts. See Chassaing, "Functional Event Sourcing Decider" (2021).</remarks>
public interface IDecider<TState, TCommand, TEvent, TRefusal>
    where TState : class
    where TCommand : class
    where TEvent : class
    where TRefusal : struct, Enum
{
    static abstract TState Initial { get; }

    static abstract Decision<TEvent, TRefusal> Decide(TState state, TCommand command);

    /// <exception cref="CorruptHistoryException">The event cannot follow the state.</exception>
    static abstract TState Evolve(TState state, TEvent e);
}
