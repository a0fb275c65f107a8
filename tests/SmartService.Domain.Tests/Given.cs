using System.Collections.Immutable;
using Shouldly;

namespace SmartService.Domain.Tests;

/// <summary>Given these facts, when this command comes, then these facts follow. Arrays are compared by what they hold.</summary>
internal sealed class Given<TDecider, TState, TCommand, TEvent, TRefusal>(TState state)
    where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
    where TState : class
    where TCommand : class
    where TEvent : class
    where TRefusal : struct, Enum
{
    private Decision<TEvent, TRefusal> _last;

    public TState State { get; private set; } = state;

    public static Given<TDecider, TState, TCommand, TEvent, TRefusal> Events(params ReadOnlySpan<TEvent> events)
    {
        var state = TDecider.Initial;
        foreach (var e in events)
        {
            state = TDecider.Evolve(state, e);
        }

        return new(state);
    }

    /// <summary>Decides and applies.</summary>
    public Given<TDecider, TState, TCommand, TEvent, TRefusal> When(TCommand command)
    {
        _last = TDecider.Decide(State, command);
        foreach (var e in _last.Events)
        {
            State = TDecider.Evolve(State, e);
        }

        return this;
    }

    public Given<TDecider, TState, TCommand, TEvent, TRefusal> Then(params TEvent[] expected)
    {
        _last.Refusal.ShouldBeNull();
        Facts.Of(_last.Events).ShouldBe(Facts.Of(expected.ToImmutableArray()));
        return this;
    }

    public Given<TDecider, TState, TCommand, TEvent, TRefusal> ThenNothing() => Then();

    public Given<TDecider, TState, TCommand, TEvent, TRefusal> ThenRefused(TRefusal refusal)
    {
        _last.Refusal.ShouldBe(refusal);
        _last.Events.ShouldBeEmpty();
        return this;
    }

    /// <summary>The command does something once and nothing when it is sent again.</summary>
    public Given<TDecider, TState, TCommand, TEvent, TRefusal> ThenTwiceIsOnce(TCommand command)
    {
        When(command);
        _last.Refusal.ShouldBeNull();
        _last.Events.ShouldNotBeEmpty();
        return When(command).ThenNothing();
    }

    public Given<TDecider, TState, TCommand, TEvent, TRefusal> ThenState(Action<TState> check)
    {
        check(State);
        return this;
    }

    public TEvent ThenOne() => _last.Events.ShouldHaveSingleItem();

    public TSpecial ThenLast<TSpecial>()
        where TSpecial : TEvent => _last.Events[^1].ShouldBeOfType<TSpecial>();
}
