using System.Text;
using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>Reads chain heads and snapshots. Used by one thread at a time.</summary>
internal sealed class IndexReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _head;
    private readonly Statement _snapshot;

    public IndexReader(string path)
    {
        _connection = Database.OpenForReading(path);
        _head = new(_connection, "SELECT head, version, checksum FROM chain WHERE kind = ? AND tenant = ? AND id = ?");
        _snapshot = new(_connection, "SELECT version, schema, data, checksum FROM snapshot WHERE kind = ? AND tenant = ? AND id = ?");
    }

    public ChainHead Head(ChainKey key)
    {
        if (!_head.Bind(1, key.Kind).Bind(2, key.Tenant).Bind(3, key.Id).Step())
        {
            return default;
        }

        var head = new ChainHead(_head.Int64(0), _head.Int64(1));
        var checksum = _head.Int64(2);
        _head.Reset();
        return checksum == Checksum(key, head) ? head : throw Damage.OfIndex($"the head of {key.Kind}/{key.Tenant}/{key.Id}");
    }

    public StoredSnapshot? Snapshot(ChainKey key)
    {
        if (!_snapshot.Bind(1, key.Kind).Bind(2, key.Tenant).Bind(3, key.Id).Step())
        {
            return null;
        }

        var snapshot = new StoredSnapshot(_snapshot.Int64(0), _snapshot.Text(1), _snapshot.Blob(2).ToArray());
        var checksum = _snapshot.Int64(3);
        _snapshot.Reset();
        return checksum == Checksum(key, snapshot) ? snapshot : null; // A cache: the journal has it all.
    }

    /// <summary>As the writer counted them.</summary>
    public long CountChains()
    {
        using var read = new Statement(_connection, "SELECT value FROM meta WHERE name = 'chains'");
        var chains = read.Step() ? long.Parse(read.Text(0), System.Globalization.CultureInfo.InvariantCulture) : 0;
        read.Reset();
        return chains;
    }

    /// <summary>Visits all chains until told to stop; false when it was.</summary>
    /// <exception cref="JournalException">A chain is not as it was written, or one is gone.</exception>
    public bool EachChain(Func<ChainKey, bool> visit)
    {
        Database.Execute(_connection, "BEGIN"); // The rows and their number as of one moment.
        try
        {
            return EachChainNow(visit);
        }
        finally
        {
            Database.Execute(_connection, "COMMIT");
        }
    }

    private bool EachChainNow(Func<ChainKey, bool> visit)
    {
        using var all = new Statement(_connection, "SELECT kind, tenant, id, head, version, checksum FROM chain");
        var goOn = true;
        var rows = 0L;
        while (goOn && all.Step())
        {
            var key = new ChainKey(all.Text(0), all.Text(1), all.Text(2));
            if (all.Int64(5) != Checksum(key, new ChainHead(all.Int64(3), all.Int64(4))))
            {
                throw Damage.OfIndex($"the head of {key.Kind}/{key.Tenant}/{key.Id}");
            }

            goOn = visit(key);
            rows++;
        }

        all.Reset();
        if (goOn && CountChains() is var written && written != rows)
        {
            throw Damage.OfIndex($"it holds {rows} chains, not the {written} that were written");
        }

        return goOn;
    }

    /// <summary>Names snapshots that are not as they were written.</summary>
    public IEnumerable<string> DamagedSnapshots()
    {
        using var all = new Statement(_connection, "SELECT kind, tenant, id, version, schema, data, checksum FROM snapshot");
        while (all.Step())
        {
            var key = new ChainKey(all.Text(0), all.Text(1), all.Text(2));
            if (all.Int64(6) != Checksum(key, new StoredSnapshot(all.Int64(3), all.Text(4), all.Blob(5).ToArray())))
            {
                yield return $"the snapshot of {key.Kind}/{key.Tenant}/{key.Id}";
            }
        }
    }

    public static uint Checksum(ChainKey key, ChainHead head) =>
        Crc32C.Of(0, Encoding.UTF8.GetBytes($"{key.Kind}/{key.Tenant}/{key.Id}/{head.Position}/{head.Version}"));

    public static uint Checksum(ChainKey key, StoredSnapshot snapshot) =>
        Crc32C.Of(Crc32C.Of(0, Encoding.UTF8.GetBytes($"{key.Kind}/{key.Tenant}/{key.Id}/{snapshot.Version}/{snapshot.Schema}")), snapshot.Data);

    public void Dispose()
    {
        _head.Dispose();
        _snapshot.Dispose();
        _connection.Dispose();
    }
}
