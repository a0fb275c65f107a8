using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace SmartService.Backoffice.Members;

/// <summary>members.db, the file of members, audit log and outbox: only the service's user may read it.</summary>
public sealed class SqliteMembers(IOptions<ConsoleOptions> options) : MembersDatabase
{
    public const string FileName = "members.db";
    private readonly Lock _gate = new();
    private bool _isThere;

    /// <summary>No other server; verbs of the command line may, and SQLite lets one write at a time.</summary>
    public override bool IsShared => false;

    public string File => Path.Combine(Path.GetFullPath(options.Value.DataFolder), FileName);

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = File, DefaultTimeout = 10 }.ToString();

    public override void Configure(DbContextOptionsBuilder context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Ensure();
        context.UseSqlite(ConnectionString);
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        Ensure();
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(ct);
        Run(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    /// <summary>One writer at a time, whatever the purpose.</summary>
    public override Task<DbTransaction> BeginAloneAsync(DbConnection connection, string purpose, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));
    }

    /// <summary>EF begins with BEGIN IMMEDIATE: nobody else writes.</summary>
    public override Task HoldAloneAsync(MembersContext context, string purpose, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Makes the file and its tables, once. Safe beside another process that does the same.</summary>
    private void Ensure()
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
