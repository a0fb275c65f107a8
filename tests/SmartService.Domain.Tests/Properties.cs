using FsCheck;
using FsCheck.Fluent;

namespace SmartService.Domain.Tests;

/// <summary>Runs a property over generated values; a failure names the smallest value found and the seed.</summary>
internal static class Properties
{
    public static void Holds<T>(Gen<T> values, Action<T> property) =>
        Check.One(PropertyRun.Config, Prop.ForAll(values.ToArbitrary(), value =>
        {
            property(value);
            return true;
        }));

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
