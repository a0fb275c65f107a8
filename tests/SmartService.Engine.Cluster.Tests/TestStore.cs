using Npgsql;
using SmartService.Engine.Cluster.Schema;
using SmartService.Engine.Contract;
using SmartService.Postgres.Contract;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>One test's database, made when it is first needed.</summary>
internal sealed class TestStore : IEngineStore
{
    private Task<string>? _database;

    public Task<string> DatabaseAsync() => _database ??= TestPostgres.CreateDatabaseAsync(JournalSchema.Migrations);

    public async Task<EngineUnderTest> StartEngineAsync(EngineSettings settings) => await ClusterUnderTest.StartAsync(await DatabaseAsync(), settings);

    public async Task DeleteAsync()
    {
        if (_database is not null)
        {
            await TestPostgres.DropAsync(await _database);
        }
    }

    public async Task<bool> HoldsAsync(string text)
    {
        await using var database = NpgsqlDataSource.Create(await DatabaseAsync());
        var tables = new List<string>();
        await using (var command = database.CreateCommand("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            // Bytes come out in hexadecimal.
            await using var command = database.CreateCommand(
                $"SELECT EXISTS (SELECT FROM {table} t WHERE t::text LIKE '%' || $1 || '%' OR t::text LIKE '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%')");
            command.Parameters.Add(new() { Value = text });
            if (await command.ExecuteScalarAsync() is true)
            {
                return true;
            }
        }

        return false;
    }
}
