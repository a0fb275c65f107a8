using System.Globalization;
using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>The layout of journal.db and its version.</summary>
internal static class JournalFormat
{
    public const int Version = 1;
    private const int ApplicationId = 0x534d5356; // "SMSV"

    /// <summary>Makes the tables in a new file, or checks that an existing one is ours and of a known format.</summary>
    /// <returns>The journal's identity, made once; what is derived from a journal is kept under it.</returns>
    public static string Prepare(SqliteConnection connection)
    {
        if (Number(connection, "PRAGMA schema_version") == 0)
        {
            Create(connection);
        }

        Check(connection);
        return (string?)Database.Scalar(connection, "SELECT value FROM meta WHERE name = 'journal'")
            ?? throw new DataFormatException("journal.db has no identity: it is not complete. Restore a backup.");
    }

    /// <exception cref="DataFormatException">Not a journal, or of a newer format.</exception>
    public static void Check(SqliteConnection connection)
    {
        if (Number(connection, "PRAGMA application_id") != ApplicationId)
        {
            throw new DataFormatException("journal.db is not a SmartService journal. Choose another data folder with --data DIR.");
        }

        var found = Number(connection, "PRAGMA user_version");
        if (found > Version)
        {
            throw new DataFormatException(
                $"The data has format {found}, newer than this program knows ({Version}). Start the newer version, or restore a backup into an empty --data DIR.");
        }
    }

    /// <summary>Gives a restored copy an identity of its own, so that nothing derived from the original is taken for its own.</summary>
    public static void Rename(SqliteConnection connection) => Database.Execute(
        connection, $"UPDATE meta SET value = '{Guid.NewGuid():N}' WHERE name = 'journal'");

    private static void Create(SqliteConnection connection) => Database.Execute(connection, $"""
        BEGIN IMMEDIATE;
        CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE entry(position INTEGER PRIMARY KEY, record BLOB NOT NULL);
        CREATE TABLE reminder(
            kind TEXT NOT NULL, name TEXT NOT NULL, due INTEGER NOT NULL, payload BLOB NOT NULL, checksum INTEGER NOT NULL,
            PRIMARY KEY(kind, name)) WITHOUT ROWID;
        CREATE INDEX reminder_due ON reminder(due);
        INSERT INTO meta VALUES ('journal', '{Guid.NewGuid():N}');
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        COMMIT;
        """);

    private static long Number(SqliteConnection connection, string pragma) =>
        Convert.ToInt64(Database.Scalar(connection, pragma), CultureInfo.InvariantCulture);
}
