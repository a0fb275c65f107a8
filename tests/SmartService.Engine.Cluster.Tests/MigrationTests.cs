using Npgsql;
using SmartService.Engine.Cluster.Schema;

namespace SmartService.Engine.Cluster.Tests;

public sealed class MigrationTests
{
    [Fact]
    public async Task Migrate_FromSeveralNodesAtOnceAndAgain_DoesItOnce()
    {
        var database = await TestPostgres.CreateEmptyDatabaseAsync();
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Migrations.RunAsync(database, CancellationToken.None)));
        runs.ShouldAllBe(r => r.To == Migrations.Needed);
        runs.Count(r => r.From < r.To).ShouldBe(1);
        (await Migrations.RunAsync(database, CancellationToken.None)).ShouldBe((Migrations.Needed, Migrations.Needed));
        await TestPostgres.DropAsync(database);
    }

    [Fact]
    public async Task Start_NotMigrated_SaysWhatToDo()
    {
        var database = await TestPostgres.CreateEmptyDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database);
        (await Should.ThrowAsync<DataFormatException>(() => Migrations.CheckAsync(source, CancellationToken.None))).Message.ShouldContain("migrate");
        await TestPostgres.DropAsync(database);
    }
}
