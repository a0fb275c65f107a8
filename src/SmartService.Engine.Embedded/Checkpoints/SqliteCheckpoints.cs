using System.Text;
using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Checkpoints;

/// <summary>
/// Checkpoints in a small file of their own. They are kept under the journal's identity: after a restore, followers begin anew.
/// A power loss may take the last ones; followers then see some events again, as they must be able to.
/// </summary>
internal sealed class SqliteCheckpoints : ICheckpoints, IDisposable
{
    /// <summary>What rows have that were written before there were checksums.</summary>
    private const long OfOlderVersion = -1;

    private readonly object _gate = new();
    private readonly string _journal;
    private readonly SqliteConnection _connection;
    private readonly Statement _load;
    private readonly Statement _save;

    public SqliteCheckpoints(string path, string journal)
    {
        _journal = journal;
        _connection = Open(path);
        _load = new(_connection, "SELECT position, checksum FROM checkpoint WHERE journal = ? AND follower = ?");
        _save = new(_connection, "INSERT OR REPLACE INTO checkpoint(journal, follower, position, checksum) VALUES (?, ?, ?, ?)");
    }

    public ValueTask<long> LoadAsync(string follower, CancellationToken ct)
    {
        lock (_gate)
        {
            var position = 0L;
            if (_load.Bind(1, _journal).Bind(2, follower).Step())
            {
                position = _load.Int64(0);
                var checksum = _load.Int64(1);
                _load.Reset();
                if (checksum != Checksum(follower, position) && checksum != OfOlderVersion)
                {
                    position = 0; // Not as it was written. To see events again changes nothing, to miss some would.
                }
            }

            return new(position);
        }
    }

    public ValueTask SaveAsync(string follower, long position, CancellationToken ct)
    {
        lock (_gate)
        {
            _save.Bind(1, _journal).Bind(2, follower).Bind(3, position).Bind(4, Checksum(follower, position)).Run();
        }

        return default;
    }

    /// <summary>Opens the file; one that is damaged is made anew, and followers begin at the journal's start.</summary>
    private static SqliteConnection Open(string path)
    {
        try
        {
            var found = OpenExisting(path);
            if (Database.Scalar(found, "PRAGMA integrity_check(1)") is "ok")
            {
                return found;
            }

            found.Dispose();
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_ERROR)
        {
            // Damaged, like the file that did not pass.
        }

        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            File.Delete(path + suffix);
        }

        return OpenExisting(path);
    }

    private static SqliteConnection OpenExisting(string path)
    {
        var connection = Database.OpenForWriting(path, "NORMAL");
        try
        {
            Database.Execute(connection, $"""
                CREATE TABLE IF NOT EXISTS checkpoint(
                    journal TEXT NOT NULL, follower TEXT NOT NULL, position INTEGER NOT NULL, checksum INTEGER NOT NULL DEFAULT {OfOlderVersion},
                    PRIMARY KEY(journal, follower)) WITHOUT ROWID
                """);
            if (Database.Scalar(connection, "SELECT 1 FROM pragma_table_info('checkpoint') WHERE name = 'checksum'") is null)
            {
                Database.Execute(connection, $"ALTER TABLE checkpoint ADD COLUMN checksum INTEGER NOT NULL DEFAULT {OfOlderVersion}");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Names rows that are not as they were written.</summary>
    public static IEnumerable<string> Damaged(SqliteConnection connection)
    {
        using var all = new Statement(connection, "SELECT follower, position, checksum FROM checkpoint");
        while (all.Step())
        {
            if (all.Int64(2) != OfOlderVersion && all.Int64(2) != Checksum(all.Text(0), all.Int64(1)))
            {
                yield return $"the checkpoint of {all.Text(0)}";
            }
        }
    }

    private static long Checksum(string follower, long position) => Crc32C.Of(0, Encoding.UTF8.GetBytes($"{follower}/{position}"));

    public void Dispose()
    {
        lock (_gate)
        {
            _load.Dispose();
            _save.Dispose();
            _connection.Dispose();
        }
    }
}
