using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>The layout of index.db. It holds nothing that the journal does not: when in doubt it is thrown away and made anew.</summary>
internal static class IndexFile
{
    /// <summary>2: counts its chains and seals the count.</summary>
    private const int Version = 2;

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

        Delete(path);

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
            INSERT INTO meta VALUES ('journal', '{journal}'), ('indexed_to', '0'), ('chains', '0'), ('seal', '{Seal(journal, 0, 0)}');
            PRAGMA user_version = {Version};
            COMMIT;
            """);
        return (connection, 0);
    }

    /// <summary>A checksum of what the rows of the index stand for.</summary>
    public static string Seal(string journal, long indexedTo, long chains) =>
        Crc32C.Of(0, Encoding.UTF8.GetBytes($"{journal}/{indexedTo}/{chains}")).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>What is wrong with what it says of itself, or null.</summary>
    public static string? SealFault(SqliteConnection connection)
    {
        var journal = (string?)Database.Scalar(connection, "SELECT value FROM meta WHERE name = 'journal'") ?? "";
        return (string?)Database.Scalar(connection, "SELECT value FROM meta WHERE name = 'seal'") == Seal(journal, Number(connection, "indexed_to"), Number(connection, "chains"))
            ? null
            : "its seal does not fit";
    }

    public static long Number(SqliteConnection connection, string name) => long.Parse(
        (string?)Database.Scalar(connection, $"SELECT value FROM meta WHERE name = '{name}'") ?? "", CultureInfo.InvariantCulture);

    /// <summary>Makes the next start replace it; this one goes on with what is in memory.</summary>
    public static void Condemn(string path)
    {
        try
        {
            using var connection = Database.OpenForWriting(path, "NORMAL");
            Database.Execute(connection, "UPDATE meta SET value = '' WHERE name = 'journal'");
        }
        catch (SqliteException)
        {
            // Too damaged for that: the next start sees it by itself.
        }
    }

    public static void Delete(string path)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            File.Delete(path + suffix);
        }
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
                var (indexedTo, chains) = (Number(connection, "indexed_to"), Number(connection, "chains"));
                if ((string?)Database.Scalar(connection, "SELECT value FROM meta WHERE name = 'seal'") == Seal(journal, indexedTo, chains))
                {
                    return (connection, indexedTo);
                }
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
