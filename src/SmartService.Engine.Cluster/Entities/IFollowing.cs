using SmartService.Domain;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>Hears what the journal's end tells of one region.</summary>
internal interface IFollowing
{
    string Region { get; }

    /// <summary>Called in the order of positions, by one thread at a time.</summary>
    /// <param name="erases">A person was forgotten.</param>
    void Hear(JournalledEvent e, bool erases);

    /// <summary>Something happened to the entity that this program does not understand.</summary>
    void Lose(EntityKey key, long version);
}
