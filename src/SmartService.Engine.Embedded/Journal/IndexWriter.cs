using System.Globalization;
using System.Text.Json;
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
    private readonly string _journal;
    private readonly Statement _putHead;
    private readonly Statement _newHead;
    private readonly Statement _putSnapshot;
    private readonly Statement _dropSnapshot;
    private readonly Statement _truncate;
    private readonly Statement _putMeta;
    private long _chains;

    public IndexWriter(SqliteConnection connection)
    {
        _connection = connection;
        _journal = (string)Database.Scalar(connection, "SELECT value FROM meta WHERE name = 'journal'")!;
        _chains = IndexFile.Number(connection, "chains");
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _putHead = new(connection, "UPDATE chain SET head = ?4, version = ?5, checksum = ?6 WHERE kind = ?1 AND tenant = ?2 AND id = ?3");
        _newHead = new(connection, "INSERT INTO chain(kind, tenant, id, head, version, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        _putSnapshot = new(
            connection, "INSERT OR REPLACE INTO snapshot(kind, tenant, id, version, schema, data, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)");
        _dropSnapshot = new(connection, "DELETE FROM snapshot WHERE kind = ? AND tenant = ? AND id = ?");
        _truncate = new(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        _putMeta = new(connection, "UPDATE meta SET value = ?2 WHERE name = ?1");
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
        _newHead.Dispose();
        _putSnapshot.Dispose();
        _dropSnapshot.Dispose();
        _truncate.Dispose();
        _putMeta.Dispose();
        _connection.Dispose();
    }

    private void Commit(IndexWork work)
    {
        var chains = _chains;
        _begin.Run();
        try
        {
            if (work.Heads is { } heads)
            {
                Write(heads);
                Seal(work.UpTo);
            }

            foreach (var (key, waiting) in work.Snapshots)
            {
                if (TryEncode(waiting) is { } data)
                {
                    Write(key, new StoredSnapshot(waiting.Version, waiting.Schema, data));
                }
            }

            foreach (var drop in work.Drops)
            {
                _dropSnapshot.Bind(1, drop.Key.Kind).Bind(2, drop.Key.Tenant).Bind(3, drop.Key.Id).Run();
            }

            _commit.Run();
        }
        catch (SqliteException)
        {
            _chains = chains;
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            {
                Database.Execute(_connection, "ROLLBACK");
            }

            throw;
        }
    }

    /// <summary>A state that cannot be written goes without a snapshot: it is replayed.</summary>
    private static byte[]? TryEncode(WaitingSnapshot waiting)
    {
        try
        {
            return waiting.Encode();
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private void TruncateWal()
    {
        if (_truncate.Checkpoint() < 0)
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
            Write(_putHead, key, head);
            if (SQLitePCL.raw.sqlite3_changes(_connection.Handle) == 0)
            {
                Write(_newHead, key, head);
                _chains++;
            }
        }
    }

    private static void Write(Statement put, ChainKey key, ChainHead head) => put
        .Bind(1, key.Kind).Bind(2, key.Tenant).Bind(3, key.Id)
        .Bind(4, head.Position).Bind(5, head.Version).Bind(6, IndexReader.Checksum(key, head)).Run();

    /// <summary>Says up to which position the file knows all heads, and how many there are.</summary>
    private void Seal(long upTo)
    {
        _putMeta.Bind(1, "indexed_to").Bind(2, upTo.ToString(CultureInfo.InvariantCulture)).Run();
        _putMeta.Bind(1, "chains").Bind(2, _chains.ToString(CultureInfo.InvariantCulture)).Run();
        _putMeta.Bind(1, "seal").Bind(2, IndexFile.Seal(_journal, upTo, _chains)).Run();
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
