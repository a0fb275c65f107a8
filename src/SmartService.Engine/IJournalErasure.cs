using SmartService.Domain;

namespace SmartService.Engine;

/// <summary>Makes a forgotten person's words unreadable on disk.</summary>
public interface IJournalErasure
{
    /// <summary>
    /// Overwrites the bodies of all events of one entity before its last one (which must be its erasure event) and drops its
    /// snapshots. Positions, versions and times stay. Replaying skips overwritten events.
    /// </summary>
    ValueTask ScrubAsync(string region, EntityKey key, CancellationToken ct);
}
