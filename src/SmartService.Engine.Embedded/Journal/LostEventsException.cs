namespace SmartService.Engine.Embedded.Journal;

/// <summary>The journal, opened again, ends before what was acknowledged: nothing may be built on it.</summary>
internal sealed class LostEventsException(long acknowledged, long found) : Exception(
    $"journal.db ends at position {found}, but position {acknowledged} was acknowledged: the disk lost what it had confirmed. Restore a backup.");
