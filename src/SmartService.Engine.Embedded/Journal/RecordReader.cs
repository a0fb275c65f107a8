using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>Reads and checks records. Used by one thread at a time.</summary>
internal sealed class RecordReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _at;
    private readonly Statement _holding;
    private readonly Statement _from;
    private readonly Statement _last;
    private readonly Statement _begin;
    private readonly Statement _end;

    public RecordReader(string path)
    {
        _connection = Database.OpenForReading(path);
        _at = new(_connection, "SELECT record FROM entry WHERE position = ?");
        _holding = new(_connection, "SELECT position FROM entry WHERE position <= ? ORDER BY position DESC LIMIT 1");
        _from = new(_connection, "SELECT position, record FROM entry WHERE position >= ? AND position <= ? ORDER BY position");
        _last = new(_connection, "SELECT position, record FROM entry ORDER BY position DESC LIMIT 1");
        _begin = new(_connection, "BEGIN");
        _end = new(_connection, "COMMIT");
    }

    /// <summary>
    /// Reads several records of one state of the file. A look at a time costs half as much again beside a writer: after each of its commits SQLite
    /// lets go of all pages it has at hand.
    /// </summary>
    public TResult Together<TArgument, TResult>(TArgument argument, Func<RecordReader, TArgument, TResult> read)
    {
        _begin.Run();
        try
        {
            return read(this, argument);
        }
        finally
        {
            if (Database.IsInTransaction(_connection)) // A disk that fails ends it.
            {
                _end.Run();
            }
        }
    }

    /// <summary>The record that begins at a position.</summary>
    /// <exception cref="JournalException">It is damaged or missing.</exception>
    public StoredRecord At(long position)
    {
        if (!_at.Bind(1, position).Step())
        {
            throw Damage.At(position, "it is missing");
        }

        try
        {
            return StoredRecord.Parse(position, _at.Blob(0));
        }
        finally
        {
            _at.Reset();
        }
    }

    public StoredRecord? Last()
    {
        try
        {
            return _last.Step() ? StoredRecord.Parse(_last.Int64(0), _last.Blob(1)) : null;
        }
        finally
        {
            _last.Reset();
        }
    }

    /// <summary>Records in order that hold the events after one position and up to another, without gaps. By positions and not so many records: an import's hold dozens of events each.</summary>
    public List<StoredRecord> After(long after, long upTo)
    {
        var records = new List<StoredRecord>();
        var expected = FirstPosition(after + 1);
        _from.Bind(1, expected).Bind(2, upTo);
        try
        {
            while (_from.Step())
            {
                var record = StoredRecord.Parse(_from.Int64(0), _from.Blob(1));
                if (record.Position != expected)
                {
                    throw Damage.At(expected, "it is missing");
                }

                records.Add(record);
                expected = record.LastPosition + 1;
            }
        }
        finally
        {
            _from.Reset();
        }

        if (records.Count > 0 && records[0].LastPosition <= after)
        {
            records.RemoveAt(0); // The position asked for was the last of its record.
        }

        return records;
    }

    public void Dispose()
    {
        _at.Dispose();
        _holding.Dispose();
        _from.Dispose();
        _last.Dispose();
        _begin.Dispose();
        _end.Dispose();
        _connection.Dispose();
    }

    private long FirstPosition(long position)
    {
        if (!_holding.Bind(1, position).Step())
        {
            return position;
        }

        var first = _holding.Int64(0);
        _holding.Reset();
        return first;
    }
}
