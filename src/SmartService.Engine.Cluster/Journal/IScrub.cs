using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>Overwrites the past of one erased entity, where the journal lies.</summary>
internal interface IScrub
{
    /// <returns>Version of the erasure; 0 when the entity does not end with one and nothing was overwritten.</returns>
    /// <exception cref="JournalException">It could not be done; call again.</exception>
    Task<long> ScrubAsync(StreamKey key, CancellationToken ct);
}
