using SmartService.Domain;

namespace SmartService.Engine;

/// <summary>
/// Told in every process of a cluster that an entity has changed, wherever that happened. In a product of one process nobody is told: who
/// changes an entity there knows.
/// </summary>
public interface IEntityWatcher
{
    /// <summary>Name of the region watched.</summary>
    string Region { get; }

    /// <summary>At least once for a change, after <see cref="IEntities{TState, TCommand, TEvent, TRefusal}.ReadRecentAsync"/> shows it. Must return at once.</summary>
    void Changed(EntityKey key);
}
