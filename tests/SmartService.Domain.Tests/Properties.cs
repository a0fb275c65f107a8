namespace SmartService.Domain.Tests;

internal static partial class Properties
{
    public static TState Replay<TDecider, TState, TCommand, TEvent, TRefusal>(IEnumerable<TEvent> events)
        where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
        where TState : class
        where TCommand : class
        where TEvent : class
        where TRefusal : struct, Enum =>
        events.Aggregate(TDecider.Initial, TDecider.Evolve);

    /// <summary>Decides each command on the state the ones before left; returns that state and all events.</summary>
    public static (TState State, List<TEvent> Events) Run<TDecider, TState, TCommand, TEvent, TRefusal>(IEnumerable<TCommand> commands)
        where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
        where TState : class
        where TCommand : class
        where TEvent : class
        where TRefusal : struct, Enum
    {
        var state = TDecider.Initial;
        var events = new List<TEvent>();
        foreach (var command in commands)
        {
            foreach (var e in TDecider.Decide(state, command).Events)
            {
                state = TDecider.Evolve(state, e);
                events.Add(e);
            }
        }

        return (state, events);
    }
}
