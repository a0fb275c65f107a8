using Microsoft.Data.Sqlite;

namespace SmartService.ReadModels.Storage;

/// <summary>The file of the read models.</summary>
internal static class ReadModelDatabase
{
    public const int BusyMilliseconds = 10_000;

    public static string ConnectionString(ReadModelOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = options.File,
        Pooling = true,
        DefaultTimeout = 10,
    }.ToString();

    /// <summary>Opens the file for writing; one of another schema, or not a database, is replaced by an empty one.</summary>
    public static SqliteConnection Open(ReadModelOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            throw new ArgumentException("ReadModelOptions.DataDirectory must name a folder.", nameof(options));
        }

        if (!ReadModelSeal.Holds(options.File))
        {
            Delete(options);
        }

        try
        {
            return OpenExisting(options);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is NotADatabase or Corrupt)
        {
            Delete(options);
            return OpenExisting(options);
        }
    }

    /// <summary>Empties all tables in one transaction; readers see the former content until it commits.</summary>
    public static void Reset(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, ReadModelSchema.Drop);
        Execute(connection, ReadModelSchema.Create);
        Execute(connection, $"PRAGMA user_version = {ReadModelSchema.Version};");
        transaction.Commit();
    }

    /// <summary>How long a statement waits for another connection's lock.</summary>
    public static void SetPatience(SqliteConnection connection, int milliseconds) =>
        SQLitePCL.raw.sqlite3_busy_timeout(connection.Handle, milliseconds);

    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private static SqliteConnection OpenExisting(ReadModelOptions options)
    {
        var connection = new SqliteConnection(ConnectionString(options) + ";Pooling=False");
        try
        {
            connection.Open();

            // Each batch changes many pages of many indexes, the same ones again and again: the log grows to 64 MB before they go to their places,
            // once each. FULL, although what a power cut took would be read from the journal again: each batch flushes its own pages. With
            // NORMAL the 64 MB are flushed at once, and for 20 to 40 ms every flush of the journal, and who waits for it, stands behind them.
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16384;");
            SetPatience(connection, BusyMilliseconds);
            using var version = connection.CreateCommand();
            version.CommandText = "PRAGMA user_version;";
            if (Convert.ToInt32(version.ExecuteScalar(), null) != ReadModelSchema.Version)
            {
                Reset(connection);
            }

            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Delete(ReadModelOptions options)
    {
        SqliteConnection.ClearAllPools();
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(options.File + suffix);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of the schema.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
