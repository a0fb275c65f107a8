using SmartService.Domain;

namespace SmartService.Engine;

/// <summary>Makes a forgotten person's words unreadable on disk.</summary>
public interface IJournalErasure
{
    /// <summary>
    /// Overwrites the bodies of all events of one entity before its last one (which must be its erasure event) and drops its
    /// snapshots. Positions, versions and times stay. Replaying skips overwritten events. Completes when nothing of them is
    /// left in the files; again changes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The entity's last event erases nobody, or it has none.</exception>
    /// <exception cref="EngineBusyException">A queue is full; nothing was overwritten.</exception>
    /// <exception cref="JournalException">Something of them may be left; call again.</exception>
    ValueTask ScrubAsync(string region, EntityKey key, CancellationToken ct);
}
