using Microsoft.Data.Sqlite;

namespace SmartService.Engine.Embedded.Sqlite;

/// <summary>Opens SQLite files the way this engine uses them.</summary>
internal static class Database
{
    public const int BusyMilliseconds = 10_000;

    /// <summary>Opens a file for writing in WAL mode, made when missing.</summary>
    /// <param name="synchronous">FULL: a commit is on disk when it returns. NORMAL: a power loss may take the last ones.</param>
    public static SqliteConnection OpenForWriting(string path, string synchronous)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        // Secure delete from the first page on: what is overwritten for a forgotten person must not stand in some page's free space.
        Execute(
            connection,
            $"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA busy_timeout={BusyMilliseconds}; PRAGMA secure_delete=ON");
        return connection;
    }

    public static SqliteConnection OpenForReading(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite); // Readers of a WAL write its shared index.
        Execute(connection, $"PRAGMA query_only=ON; PRAGMA busy_timeout={BusyMilliseconds}");
        return connection;
    }

    public static bool IsInTransaction(SqliteConnection connection) => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>How long a statement waits for another connection's lock.</summary>
    public static void SetPatience(SqliteConnection connection, int milliseconds) =>
        SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, milliseconds);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements are constants of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }
}
