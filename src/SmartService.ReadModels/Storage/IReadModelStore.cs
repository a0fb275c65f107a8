using SmartService.Engine;

namespace SmartService.ReadModels.Storage;

/// <summary>Where the tables lie, and the one way to write them. Its caller lets one call run at a time.</summary>
internal interface IReadModelStore : IDisposable
{
    /// <summary>One for all nodes of a cluster, so that one of them projects; otherwise each has its own.</summary>
    bool IsShared { get; }

    /// <summary>Makes sure that there are tables to read. Does not wait for whoever writes.</summary>
    void EnsureOpen();

    /// <summary>Last position whose event is in the tables, as far as is known here.</summary>
    ValueTask<long> PositionAsync(CancellationToken ct);

    /// <summary>
    /// Events at or before the tables' position change nothing; the rest is written together with the position. Returns with a position before
    /// the last event when another node wrote meanwhile: then nothing more was written here, and what is missing has to be read again.
    /// </summary>
    ValueTask ProjectAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct);

    /// <summary>Empties all tables.</summary>
    ValueTask ResetAsync(CancellationToken ct);
}
