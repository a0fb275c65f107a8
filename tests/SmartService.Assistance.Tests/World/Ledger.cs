using SmartService.Domain;
using SmartService.Engine;

namespace SmartService.Assistance.Tests.World;

/// <summary>Entities in memory under the real rules: what an engine does, without its engine.</summary>
internal abstract class Ledger<TDecider, TState, TCommand, TEvent, TRefusal>(string region, MemoryJournal journal) : IEntities<TState, TCommand, TEvent, TRefusal>
    where TDecider : IDecider<TState, TCommand, TEvent, TRefusal>
    where TState : class
    where TCommand : class
    where TEvent : class
    where TRefusal : struct, Enum
{
    private readonly Dictionary<EntityKey, (TState State, long Version)> _entities = [];

    /// <summary>Thrown instead of handling the next command, once.</summary>
    public Exception? FailNext { get; set; }

    public List<(EntityKey Key, TCommand Command, TRefusal? Refusal)> Handled { get; } = [];

    public ValueTask<Reply<TEvent, TRefusal>> HandleAsync(EntityKey key, TCommand command, CancellationToken ct)
    {
        lock (_entities)
        {
            if (FailNext is { } failure)
            {
                FailNext = null;
                throw failure;
            }

            var (state, version) = _entities.GetValueOrDefault(key, (TDecider.Initial, 0));
            var decision = TDecider.Decide(state, command);
            foreach (var e in decision.Events)
            {
                state = TDecider.Evolve(state, e);
                journal.Append(region, key, ++version, e);
            }

            _entities[key] = (state, version);
            Handled.Add((key, command, decision.Refusal));
            return new(new Reply<TEvent, TRefusal>(version, decision.Events, decision.Refusal));
        }
    }

    /// <summary>Lets an entity have happened, without deciding.</summary>
    public Task PutAsync(EntityKey key, IEnumerable<TEvent> events)
    {
        lock (_entities)
        {
            var (state, version) = _entities.GetValueOrDefault(key, (TDecider.Initial, 0));
            foreach (var e in events)
            {
                state = TDecider.Evolve(state, e);
                journal.Append(region, key, ++version, e);
            }

            _entities[key] = (state, version);
            return Task.CompletedTask;
        }
    }

    public ValueTask<TState> ReadAsync(EntityKey key, CancellationToken ct)
    {
        lock (_entities)
        {
            return new(_entities.GetValueOrDefault(key, (TDecider.Initial, 0)).State);
        }
    }
}
