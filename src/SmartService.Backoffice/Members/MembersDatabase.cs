using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace SmartService.Backoffice.Members;

/// <summary>The file of members, audit log and outbox: only the service's user may read it.</summary>
public sealed class MembersDatabase(IOptions<ConsoleOptions> options)
{
    public const string FileName = "members.db";
    private readonly Lock _gate = new();
    private bool _isThere;

    public string File => Path.Combine(Path.GetFullPath(options.Value.DataFolder), FileName);

    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = File, DefaultTimeout = 10 }.ToString();

    /// <summary>Makes the file and its tables, once. Safe beside another process that does the same.</summary>
    public void Ensure()
    {
        lock (_gate)
        {
            if (_isThere)
            {
                return;
            }

            Touch();
            using (var context = new MembersContext(new DbContextOptionsBuilder<MembersContext>().UseSqlite(ConnectionString).Options))
            {
                // Tables of a later version are added with IF NOT EXISTS below; EF makes its own only in an empty file.
                context.Database.EnsureCreated();
            }

            using var connection = new SqliteConnection(ConnectionString);
            connection.Open();
            Run(connection, "PRAGMA journal_mode = WAL");
            Run(connection, Audit.AuditTables.Create);
            Run(connection, Webhooks.WebhookOutbox.Create);
            _isThere = true;
        }
    }

    /// <summary>An open connection whose commits are on the disk when they return.</summary>
    public SqliteConnection Open()
    {
        Ensure();
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        Run(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    private void Touch()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        if (System.IO.File.Exists(File))
        {
            return;
        }

        var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(File, how);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of the schema.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
