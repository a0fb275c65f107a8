using System.Globalization;
using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// Where the journal ends, written with every commit into a page of its own. Records name the one before them, so a missing one is
/// noticed by those after it; the last ones have none after them.
/// </summary>
internal static class JournalTail
{
    public const string Update = "UPDATE tail SET head = ?1, checksum = ?2 WHERE one = 1";

    /// <summary>Journals of older versions get it when they are opened.</summary>
    public static void Prepare(SqliteConnection connection, long last)
    {
        if (Database.Scalar(connection, "SELECT 1 FROM sqlite_master WHERE name = 'tail'") is null)
        {
            Database.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"""
                BEGIN IMMEDIATE;
                CREATE TABLE tail(one INTEGER PRIMARY KEY, head INTEGER NOT NULL, checksum INTEGER NOT NULL);
                INSERT INTO tail VALUES (1, {last}, {Checksum(last)});
                COMMIT;
                """));
        }
    }

    /// <exception cref="JournalException">Records at the journal's end are gone.</exception>
    public static void Require(SqliteConnection connection, long last)
    {
        if (Fault(connection, last) is { } fault)
        {
            throw new JournalException($"journal.db is damaged: {fault}. Restore a backup.", outcomeKnown: true);
        }
    }

    /// <summary>What is wrong, or null.</summary>
    public static string? Fault(SqliteConnection connection, long last)
    {
        if (Database.Scalar(connection, "SELECT 1 FROM sqlite_master WHERE name = 'tail'") is null)
        {
            return null; // An older version's.
        }

        using var read = new Statement(connection, "SELECT head, checksum FROM tail WHERE one = 1");
        if (!read.Step())
        {
            return "the mark of its end is missing";
        }

        var (head, checksum) = (read.Int64(0), read.Int64(1));
        read.Reset();
        return checksum != Checksum(head) ? "the mark of its end is not as it was written"
            : head > last ? $"it ends at position {last}, but was written up to position {head}"
            : null;
    }

    public static uint Checksum(long head) => Crc32C.Of(0, BitConverter.GetBytes(head));
}
