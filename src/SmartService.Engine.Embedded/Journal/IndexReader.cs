using System.Buffers.Text;
using System.Text;
using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <returns>Whether to go on.</returns>
internal delegate bool ChainVisit(ReadOnlySpan<byte> name);

/// <summary>Reads chain heads and snapshots. Used by one thread at a time.</summary>
internal sealed class IndexReader : IDisposable
{
    private const int LongestNumber = 20;

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

    /// <summary>Visits all chains until told to stop; false when it was. Nothing is allocated for a chain: a start in the middle of a peak waits for millions of them.</summary>
    /// <param name="visit">Is told the name as <see cref="ChainKey.WriteName"/> writes it, valid for the call.</param>
    /// <exception cref="JournalException">A chain is not as it was written, or one is gone.</exception>
    public bool EachChain(ChainVisit visit)
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

    private bool EachChainNow(ChainVisit visit)
    {
        using var all = new Statement(_connection, "SELECT kind, tenant, id, head, version, checksum FROM chain");
        var goOn = true;
        var rows = 0L;
        var buffer = new byte[256];
        while (goOn && all.Step())
        {
            var name = Name(all, ref buffer);
            if (all.Int64(5) != Checksum(name, new ChainHead(all.Int64(3), all.Int64(4))))
            {
                throw Damage.OfIndex($"the head of {Encoding.UTF8.GetString(name)}");
            }

            goOn = visit(name);
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

    public static uint Checksum(ChainKey key, ChainHead head)
    {
        Span<byte> name = stackalloc byte[key.LongestName];
        return Checksum(name[..key.WriteName(name)], head);
    }

    public static uint Checksum(ChainKey key, StoredSnapshot snapshot) =>
        Crc32C.Of(Crc32C.Of(0, Encoding.UTF8.GetBytes($"{key.Kind}/{key.Tenant}/{key.Id}/{snapshot.Version}/{snapshot.Schema}")), snapshot.Data);

    /// <summary>Of "kind/tenant/id/position/version".</summary>
    private static uint Checksum(ReadOnlySpan<byte> name, ChainHead head)
    {
        Span<byte> end = stackalloc byte[2 + (2 * LongestNumber)];
        end[0] = (byte)'/';
        Utf8Formatter.TryFormat(head.Position, end[1..], out var first);
        end[first + 1] = (byte)'/';
        Utf8Formatter.TryFormat(head.Version, end[(first + 2)..], out var second);
        return Crc32C.Of(Crc32C.Of(0, name), end[..(first + second + 2)]);
    }

    /// <summary>The row's name, as <see cref="ChainKey.WriteName"/> writes it.</summary>
    private static ReadOnlySpan<byte> Name(Statement row, ref byte[] buffer)
    {
        var kind = row.Blob(0);
        var tenant = row.Blob(1);
        var id = row.Blob(2);
        var length = kind.Length + tenant.Length + id.Length + 2;
        if (buffer.Length < length)
        {
            buffer = new byte[2 * length];
        }

        kind.CopyTo(buffer);
        buffer[kind.Length] = (byte)'/';
        tenant.CopyTo(buffer.AsSpan(kind.Length + 1));
        buffer[kind.Length + tenant.Length + 1] = (byte)'/';
        id.CopyTo(buffer.AsSpan(kind.Length + tenant.Length + 2));
        return buffer.AsSpan(0, length);
    }

    public void Dispose()
    {
        _head.Dispose();
        _snapshot.Dispose();
        _connection.Dispose();
    }
}
