using SmartService.Domain;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>Entities of one region whose past can be overwritten.</summary>
internal interface IScrubbing
{
    string Region { get; }

    /// <returns>Version of the erasure.</returns>
    ValueTask<long> ScrubAsync(EntityKey key, CancellationToken ct);
}
