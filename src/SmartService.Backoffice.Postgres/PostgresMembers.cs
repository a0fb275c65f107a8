using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SmartService.Backoffice.Members;
using SmartService.Backoffice.Postgres.Schema;

namespace SmartService.Backoffice.Postgres;

/// <summary>
/// Members, audit log and outbox in PostgreSQL, for gateways that share them. Where SQLite lets one write at a time, an advisory lock does, for one
/// purpose and until the transaction ends: chains of records stay chains, and two who race for one thing see each other.
/// </summary>
public sealed class PostgresMembers : MembersDatabase, IAsyncDisposable
{
    private const string Hold = "SELECT pg_advisory_xact_lock(hashtextextended(@purpose, 0))";
    /// <param name="connections">Most connections of this process; besides the engine's.</param>
    public PostgresMembers(string connectionString, string node, int connections = 16) =>
        Connections = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = MembersSchema.Name,
            MaxPoolSize = connections,
            CommandTimeout = 15,
            Timeout = 5,
            ApplicationName = $"smartservice-members-{node}",
        }.ConnectionString) { Name = "smartservice-members" }.Build();

    internal NpgsqlDataSource Connections { get; }

    public override bool IsShared => true;

    public override void Configure(DbContextOptionsBuilder context) => context.UseNpgsql(Connections);

    public override async Task<DbConnection> OpenAsync(CancellationToken ct) => await Connections.OpenConnectionAsync(ct);

    public override async Task<DbTransaction> BeginAloneAsync(DbConnection connection, string purpose, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await using var hold = new NpgsqlCommand(Hold, (NpgsqlConnection)connection);
            hold.Parameters.AddWithValue("purpose", purpose);
            await hold.ExecuteNonQueryAsync(ct);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public override Task HoldAloneAsync(MembersContext context, string purpose, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({purpose}, 0))", ct);
    }

    public ValueTask DisposeAsync() => Connections.DisposeAsync();
}
