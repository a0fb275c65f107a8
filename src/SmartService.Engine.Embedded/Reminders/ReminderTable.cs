using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;

namespace SmartService.Engine.Embedded.Reminders;

/// <summary>Whether the table of reminders is whole: nothing else would miss one that is gone.</summary>
internal static class ReminderTable
{
    /// <exception cref="JournalException">It is damaged.</exception>
    public static void Require(SqliteConnection connection)
    {
        if (Fault(connection) is { } fault)
        {
            throw new JournalException($"journal.db is damaged: reminders cannot be trusted ({fault}). Restore a backup.", outcomeKnown: true);
        }
    }

    /// <summary>What is wrong, or null. Takes time by the number of reminders, not by the size of the journal.</summary>
    public static string? Fault(SqliteConnection connection) =>
        Database.Scalar(connection, "PRAGMA integrity_check('reminder')") as string is { } said && said != "ok" ? said : null;
}
