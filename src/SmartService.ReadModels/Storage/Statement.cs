using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SmartService.ReadModels.Storage;

/// <summary>
/// A prepared statement with numbered parameters (?1, ?2…), used over and over, without the layers of ADO.NET: those
/// allocated a third of what a whole message costs. Not thread-safe.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int _parameters;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        _parameters = raw.sqlite3_bind_parameter_count(_statement);
    }

    /// <returns>Rows changed.</returns>
    public int Run(params ReadOnlySpan<SqlValue> values)
    {
        Bind(values);
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            // What went wrong was thrown by the step; reset says it a second time. Values stay bound until the next ones take their place.
            _ = raw.sqlite3_reset(_statement);
        }

        return raw.sqlite3_changes(_database);
    }

    /// <returns>The rows, one after another; dispose them before the statement is used again.</returns>
    public ResultRows Read(params ReadOnlySpan<SqlValue> values)
    {
        Bind(values);
        return new(this, _statement);
    }

    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Step() => raw.sqlite3_step(_statement) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        var code => throw Fault(code),
    };

    /// <summary>Ready for the next use; texts of the last one are let go.</summary>
    public void Reset()
    {
        // What went wrong was thrown by the step; reset says it a second time.
        _ = raw.sqlite3_reset(_statement);
        Check(raw.sqlite3_clear_bindings(_statement));
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(ReadOnlySpan<SqlValue> values)
    {
        if (values.Length != _parameters)
        {
            throw new ArgumentException($"The statement takes {_parameters} values, not {values.Length}.", nameof(values));
        }

        for (var i = 0; i < values.Length; i++)
        {
            Check(values[i].BindTo(_statement, i + 1));
        }
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Fault(code);
        }
    }

    private SqliteException Fault(int code) =>
        new($"SQLite error {code}: {raw.sqlite3_errmsg(_database).utf8_to_string()}", code & 0xFF, code);
}
