using Microsoft.Data.Sqlite;
using SmartService.Engine.Embedded.Sqlite;

namespace SmartService.Engine.Embedded.Checkpoints;

/// <summary>
/// Checkpoints in a small file of their own. They are kept under the journal's identity: after a restore, followers begin anew.
/// A power loss may take the last ones; followers then see some events again, as they must be able to.
/// </summary>
internal sealed class SqliteCheckpoints : ICheckpoints, IDisposable
{
    private readonly object _gate = new();
    private readonly string _journal;
    private readonly SqliteConnection _connection;
    private readonly Statement _load;
    private readonly Statement _save;

    public SqliteCheckpoints(string path, string journal)
    {
        _journal = journal;
        _connection = Database.OpenForWriting(path, "NORMAL");
        Database.Execute(_connection, """
            CREATE TABLE IF NOT EXISTS checkpoint(
                journal TEXT NOT NULL, follower TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY(journal, follower)) WITHOUT ROWID
            """);
        _load = new(_connection, "SELECT position FROM checkpoint WHERE journal = ? AND follower = ?");
        _save = new(_connection, "INSERT OR REPLACE INTO checkpoint(journal, follower, position) VALUES (?, ?, ?)");
    }

    public ValueTask<long> LoadAsync(string follower, CancellationToken ct)
    {
        lock (_gate)
        {
            var position = 0L;
            if (_load.Bind(1, _journal).Bind(2, follower).Step())
            {
                position = _load.Int64(0);
                _load.Reset();
            }

            return new(position);
        }
    }

    public ValueTask SaveAsync(string follower, long position, CancellationToken ct)
    {
        lock (_gate)
        {
            _save.Bind(1, _journal).Bind(2, follower).Bind(3, position).Run();
        }

        return default;
    }

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
