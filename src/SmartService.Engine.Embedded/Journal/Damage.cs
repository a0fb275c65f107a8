namespace SmartService.Engine.Embedded.Journal;

/// <summary>How damage found in the data is named.</summary>
internal static class Damage
{
    public static JournalException At(long position, string what, Exception? cause = null) => new(
        $"journal.db is damaged: the record at position {position} is not as it was written ({what}). Restore a backup.", outcomeKnown: true, cause, isDamage: true);

    public static JournalException OfIndex(string what, Exception? cause = null) => new(
        $"index.db is damaged ({what}). Stop, delete index.db and start again: it is made anew from the journal.", outcomeKnown: true, cause, isDamage: true);
}
