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

    public long CountChains()
    {
        using var count = new Statement(_connection, "SELECT count(*) FROM chain");
        var chains = count.Step() ? count.Int64(0) : 0;
        count.Reset();
        return chains;
    }

    /// <summary>Visits all chains until told to stop; false when it was.</summary>
    public bool EachChain(Func<ChainKey, bool> visit)
    {
        using var all = new Statement(_connection, "SELECT kind, tenant, id FROM chain");
        var goOn = true;
        while (goOn && all.Step())
        {
            goOn = visit(new(all.Text(0), all.Text(1), all.Text(2)));
        }

        all.Reset();
        return goOn;
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
