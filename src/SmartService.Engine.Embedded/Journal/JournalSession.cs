using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>The writer's connection: what can be done within one commit. Used by one thread.</summary>
internal sealed class JournalSession : IDisposable
{
    private const int MostFeedHeads = 100_000;
    private const int TruncateMilliseconds = 2_000;

    private readonly SqliteConnection _connection;
    private readonly ChainIndex _index;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _insert;
    private readonly Statement _read;
    private readonly Statement _overwrite;
    private readonly Statement _truncate;
    private readonly Statement _checkpoint;
    private readonly Statement _putReminder;
    private readonly Statement _removeReminder;
    private readonly Statement _markTail;
    private readonly Dictionary<ChainKey, long> _feedHeads = [];
    private long _marked;

    public JournalSession(SqliteConnection connection, ChainIndex index, long head)
    {
        (_connection, _index, Head, _marked) = (connection, index, head, head);
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _insert = new(connection, "INSERT INTO entry(position, record) VALUES (?, ?)");
        _read = new(connection, "SELECT record FROM entry WHERE position = ?");
        _overwrite = new(connection, "UPDATE entry SET record = ?2 WHERE position = ?1");
        _truncate = new(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        _checkpoint = new(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        _putReminder = new(connection, "INSERT OR REPLACE INTO reminder(kind, name, due, payload, checksum) VALUES (?, ?, ?, ?, ?)");
        _removeReminder = new(connection, "DELETE FROM reminder WHERE kind = ?1 AND name = ?2 AND (?3 = 0 OR due = ?3)");
        _markTail = new(connection, JournalTail.Update);
    }

    /// <summary>Position of the last event written, committed or not.</summary>
    public long Head { get; private set; }

    /// <summary>The group whose works are being written.</summary>
    public WorkGroup Group { get; set; } = new();

    /// <summary>Too many feed heads are held: call <see cref="ForgetFeedHeads"/> when all commits are in the index.</summary>
    public bool HoldsManyFeedHeads => _feedHeads.Count > MostFeedHeads;

    public void Begin() => _begin.Run();

    /// <summary>Writes down where the journal ends now, if it has grown.</summary>
    public void MarkTail()
    {
        if (Head != _marked)
        {
            WriteMark();
        }
    }

    /// <summary>Commits something, so that it is known whether the disk takes it.</summary>
    public void Probe()
    {
        Begin();
        WriteMark();
        Commit();
    }

    public void Commit() => _commit.Run();

    public void ForgetFeedHeads() => _feedHeads.Clear();

    public void Append(AppendWork work)
    {
        var stream = work.Stream;
        if (work.FirstVersion != stream.Version + 1)
        {
            throw new InvalidOperationException(
                $"{stream.Key} has {stream.Version} events, not {work.FirstVersion - 1}: two hosts write one entity.");
        }

        var position = Head + 1;
        var record = Group.RecordOf(work);
        RecordHeader.Seal(record, position, stream.Head, FeedHeadBefore(work, position));
        _insert.Bind(1, position).Bind(2, record).Run();
        work.Position = position;
        (stream.Head, stream.Version) = (position, work.LastVersion);
        Head = work.LastPosition;
    }

    /// <summary>Where a history ends; for exclusive work only, when the index knows all commits.</summary>
    public ChainHead HeadOf(StreamKey key) => _index.Find(ChainKey.Of(key));

    public StoredRecord Read(long position)
    {
        if (!_read.Bind(1, position).Step())
        {
            throw Damage.At(position, "it is missing");
        }

        try
        {
            return StoredRecord.Parse(position, _read.Blob(0));
        }
        finally
        {
            _read.Reset();
        }
    }

    /// <summary>Puts a record of the same length in the place of another: SQLite then writes over the very same bytes.</summary>
    public void Overwrite(long position, ReadOnlySpan<byte> record) => _overwrite.Bind(1, position).Bind(2, record).Run();

    /// <summary>Copies the WAL to its end, so that the next commit starts it over, unless somebody reads in it.</summary>
    public void FinishCheckpoint() => _checkpoint.Checkpoint();

    /// <summary>Empties the WAL, where old pages stand; false when a reader keeps it in use for longer than two seconds.</summary>
    public bool TryTruncateWal()
    {
        Database.SetPatience(_connection, TruncateMilliseconds);
        try
        {
            return _truncate.Checkpoint() >= 0;
        }
        finally
        {
            Database.SetPatience(_connection, Database.BusyMilliseconds);
        }
    }

    public void PutReminder(string kind, string name, long dueTicks, ReadOnlySpan<byte> payload, uint checksum) =>
        _putReminder.Bind(1, kind).Bind(2, name).Bind(3, dueTicks).Bind(4, payload).Bind(5, checksum).Run();

    public void RemoveReminder(string kind, string name, long dueTicks) =>
        _removeReminder.Bind(1, kind).Bind(2, name).Bind(3, dueTicks).Run();

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _insert.Dispose();
        _read.Dispose();
        _overwrite.Dispose();
        _truncate.Dispose();
        _checkpoint.Dispose();
        _putReminder.Dispose();
        _removeReminder.Dispose();
        _markTail.Dispose();
        _connection.Dispose();
    }

    private void WriteMark()
    {
        _markTail.Bind(1, Head).Bind(2, JournalTail.Checksum(Head)).Run();
        _marked = Head;
    }

    private long FeedHeadBefore(AppendWork work, long position)
    {
        if (work.Feed is not { } customer)
        {
            return 0;
        }

        var key = ChainKey.OfFeed(work.Stream.Key.Entity.Tenant, customer);
        if (!_feedHeads.TryGetValue(key, out var before))
        {
            before = _index.Find(key).Position;
        }

        _feedHeads[key] = position;
        return before;
    }
}
