using Npgsql;
using SmartService.Engine;

namespace SmartService.Postgres.Contract;

/// <summary>What the migration of every part of the database promises.</summary>
/// <param name="programsLock">The advisory lock that programs of every version take.</param>
/// <param name="versions">Where they note the version.</param>
/// <param name="table">A table of the first script, with its schema.</param>
public abstract class MigrationContract(SchemaMigrations migrations, long programsLock, string versions, string table) : IAsyncLifetime
{
    private string _database = ""; // set before each test

    public async Task InitializeAsync() => _database = await TestPostgres.CreateEmptyDatabaseAsync();

    public Task DisposeAsync() => TestPostgres.DropAsync(_database);

    [Fact]
    public async Task Migrate_FromSeveralNodesAtOnceAndAgain_DoesItOnce()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => MigrateAsync()));
        runs.ShouldAllBe(r => r.To == migrations.Needed);
        runs.Count(r => r.From < r.To).ShouldBe(1);
        (await MigrateAsync()).ShouldBe((migrations.Needed, migrations.Needed));
        (await AskAsync($"SELECT count(*) FROM {versions}")).ShouldBe((long)migrations.Needed);
    }

    [Fact]
    public async Task Migrate_WhileAnotherProgramDoes_WaitsForIt()
    {
        Task<(int From, int To)> run;
        await using (var other = new NpgsqlConnection(_database + ";Pooling=false"))
        {
            await other.OpenAsync();
            await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({programsLock})", other);
            await take.ExecuteNonQueryAsync();
            run = MigrateAsync();
            while (await AskAsync("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") is 0L)
            {
                run.IsCompleted.ShouldBeFalse();
            }
        }

        (await run).ShouldBe((0, migrations.Needed));
    }

    [Fact]
    public async Task Migrate_ScriptFails_LeavesNothingOfItAndTheNextMayTry()
    {
        await AskAsync($"CREATE SCHEMA IF NOT EXISTS {table.Split('.')[0]}; CREATE TABLE {table} (in_the_way integer)");
        await Should.ThrowAsync<PostgresException>(MigrateAsync);
        (await AskAsync($"SELECT count(*) FROM {versions}")).ShouldBe(0L);
        await AskAsync($"DROP TABLE {table}");
        (await MigrateAsync()).ShouldBe((0, migrations.Needed));
    }

    [Fact]
    public async Task Migrate_NewerDatabase_StaysAsItIsAndMayBeStartedOn()
    {
        await MigrateAsync();
        await AskAsync($"INSERT INTO {versions} (version, script) VALUES ({migrations.Needed + 1}, 'of the next program')");
        (await MigrateAsync()).ShouldBe((migrations.Needed + 1, migrations.Needed + 1));
        await using var source = NpgsqlDataSource.Create(_database + ";Pooling=false");
        await migrations.CheckAsync(source, CancellationToken.None);
    }

    [Fact]
    public async Task Start_NotMigrated_SaysWhatToDo() =>
        (await Should.ThrowAsync<DataFormatException>(() => StartAsync(_database))).Message.ShouldContain("Run the migrate verb");

    [Fact]
    public async Task Start_NobodyListens_SaysThatPostgresCannotBeUsed() =>
        (await Should.ThrowAsync<JournalException>(() => StartAsync("Host=/nowhere;Username=smartservice;Database=none"))).Message.ShouldStartWith("PostgreSQL cannot be used: ");

    /// <summary>Starts, as a program does, what needs this part of the database.</summary>
    protected abstract Task StartAsync(string database);

    private Task<(int From, int To)> MigrateAsync() => migrations.RunAsync(_database, CancellationToken.None);

    private async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
