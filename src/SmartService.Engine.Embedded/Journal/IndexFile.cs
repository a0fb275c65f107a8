using System.Globalization;
using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>The layout of index.db. It holds nothing that the journal does not: when in doubt it is thrown away and made anew.</summary>
internal static class IndexFile
{
    private const int Version = 1;

    /// <summary>Opens the index of one journal; a missing, damaged, older or foreign one is replaced by an empty one.</summary>
    public static (SqliteConnection Connection, long IndexedTo) Open(string path, string journal, long journalHead)
    {
        if (TryOpen(path, journal) is { } found)
        {
            if (found.IndexedTo <= journalHead)
            {
                return found;
            }

            found.Connection.Dispose();
        }

        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            File.Delete(path + suffix);
        }

        var connection = Database.OpenForWriting(path, "NORMAL");
        Database.Execute(connection, $"""
            BEGIN IMMEDIATE;
            CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE chain(
                kind TEXT NOT NULL, tenant TEXT NOT NULL, id TEXT NOT NULL, head INTEGER NOT NULL, version INTEGER NOT NULL,
                checksum INTEGER NOT NULL, PRIMARY KEY(kind, tenant, id)) WITHOUT ROWID;
            CREATE TABLE snapshot(
                kind TEXT NOT NULL, tenant TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, schema TEXT NOT NULL,
                data BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY(kind, tenant, id));
            INSERT INTO meta VALUES ('journal', '{journal}'), ('indexed_to', '0');
            PRAGMA user_version = {Version};
            COMMIT;
            """);
        return (connection, 0);
    }

    private static (SqliteConnection Connection, long IndexedTo)? TryOpen(string path, string journal)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        SqliteConnection? connection = null;
        try
        {
            connection = Database.OpenForWriting(path, "NORMAL");
            if (Convert.ToInt64(Database.Scalar(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture) == Version
                && (string?)Database.Scalar(connection, "SELECT value FROM meta WHERE name = 'journal'") == journal)
            {
                var indexedTo = (string?)Database.Scalar(connection, "SELECT value FROM meta WHERE name = 'indexed_to'");
                return (connection, long.Parse(indexedTo ?? "0", CultureInfo.InvariantCulture));
            }
        }
        catch (Exception e) when (e is SqliteException or FormatException)
        {
            // Damaged: replaced by the caller.
        }

        connection?.Dispose();
        return null;
    }
}
