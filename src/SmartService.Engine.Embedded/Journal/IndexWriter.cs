using System.Globalization;
using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>Writes index.db. Used by one thread.</summary>
internal sealed class IndexWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _putHead;
    private readonly Statement _putSnapshot;
    private readonly Statement _dropSnapshot;
    private readonly Statement _truncate;
    private readonly Statement _putIndexedTo;

    public IndexWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _putHead = new(connection, "INSERT OR REPLACE INTO chain(kind, tenant, id, head, version, checksum) VALUES (?, ?, ?, ?, ?, ?)");
        _putSnapshot = new(
            connection, "INSERT OR REPLACE INTO snapshot(kind, tenant, id, version, schema, data, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)");
        _dropSnapshot = new(connection, "DELETE FROM snapshot WHERE kind = ? AND tenant = ? AND id = ?");
        _truncate = new(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        _putIndexedTo = new(connection, "UPDATE meta SET value = ? WHERE name = 'indexed_to'");
    }

    public void Write(IndexWork work)
    {
        Commit(work);
        if (work.Drops.Count > 0)
        {
            TruncateWal();
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _putHead.Dispose();
        _putSnapshot.Dispose();
        _dropSnapshot.Dispose();
        _truncate.Dispose();
        _putIndexedTo.Dispose();
        _connection.Dispose();
    }

    private void Commit(IndexWork work)
    {
        _begin.Run();
        try
        {
            if (work.Heads is { } heads)
            {
                Write(heads);
                _putIndexedTo.Bind(1, work.UpTo.ToString(CultureInfo.InvariantCulture)).Run();
            }

            foreach (var (key, waiting) in work.Snapshots)
            {
                Write(key, new StoredSnapshot(waiting.Version, waiting.Schema, waiting.Encode()));
            }

            foreach (var drop in work.Drops)
            {
                _dropSnapshot.Bind(1, drop.Key.Kind).Bind(2, drop.Key.Tenant).Bind(3, drop.Key.Id).Run();
            }

            _commit.Run();
        }
        catch (SqliteException)
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                Database.Execute(_connection, "ROLLBACK");
            }

            throw;
        }
    }

    private void TruncateWal()
    {
        var done = _truncate.Step() && _truncate.Int64(0) == 0;
        _truncate.Reset();
        if (!done)
        {
            throw new SqliteException("The WAL of index.db is in use.", SQLitePCL.raw.SQLITE_BUSY);
        }
    }

    /// <summary>In the order of the table, so that neighbours share a page.</summary>
    private void Write(Dictionary<ChainKey, ChainHead> heads)
    {
        var sorted = heads.ToArray();
        Array.Sort(sorted, static (a, b) => Compare(a.Key, b.Key));
        foreach (var (key, head) in sorted)
        {
            _putHead.Bind(1, key.Kind).Bind(2, key.Tenant).Bind(3, key.Id)
                .Bind(4, head.Position).Bind(5, head.Version).Bind(6, IndexReader.Checksum(key, head)).Run();
        }
    }

    private void Write(ChainKey key, StoredSnapshot snapshot) => _putSnapshot
        .Bind(1, key.Kind).Bind(2, key.Tenant).Bind(3, key.Id).Bind(4, snapshot.Version)
        .Bind(5, snapshot.Schema).Bind(6, snapshot.Data).Bind(7, IndexReader.Checksum(key, snapshot)).Run();

    private static int Compare(ChainKey a, ChainKey b)
    {
        var kind = string.CompareOrdinal(a.Kind, b.Kind);
        var tenant = kind != 0 ? kind : string.CompareOrdinal(a.Tenant, b.Tenant);
        return tenant != 0 ? tenant : string.CompareOrdinal(a.Id, b.Id);
    }
}
