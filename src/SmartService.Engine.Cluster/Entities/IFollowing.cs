using SmartService.Domain;
using SmartService.Engine.Cluster.Journal;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>Hears what the journal's end tells of one region.</summary>
internal interface IFollowing
{
    string Region { get; }

    /// <summary>Called in the order of positions, by one thread at a time.</summary>
    void Hear(TailEvent e);

    /// <summary>Something happened to the entity that this program does not understand.</summary>
    void Lose(EntityKey key, long version);
}
