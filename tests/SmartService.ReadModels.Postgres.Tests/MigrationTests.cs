using Npgsql;
using SmartService.Engine;
using SmartService.ReadModels.Postgres.Schema;

namespace SmartService.ReadModels.Postgres.Tests;

public sealed class MigrationTests
{
    [Fact]
    public async Task Migrate_FromSeveralNodesAtOnceAndAgain_DoesItOnce()
    {
        var database = await TestPostgres.CreateEmptyDatabaseAsync();
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ReadModelMigrations.RunAsync(database, CancellationToken.None)));
        runs.ShouldAllBe(r => r.To == ReadModelMigrations.Needed);
        runs.Count(r => r.From < r.To).ShouldBe(1);
        (await ReadModelMigrations.RunAsync(database, CancellationToken.None)).ShouldBe((ReadModelMigrations.Needed, ReadModelMigrations.Needed));
        await TestPostgres.DropAsync(database);
    }

    [Fact]
    public async Task Check_NotMigrated_SaysWhatToDo()
    {
        var database = await TestPostgres.CreateEmptyDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database + ";Pooling=false");
        (await Should.ThrowAsync<DataFormatException>(() => ReadModelMigrations.CheckAsync(source, CancellationToken.None))).Message.ShouldContain("migrate");
        await TestPostgres.DropAsync(database);
    }
}
