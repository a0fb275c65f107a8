using Npgsql;
using SmartService.Engine.Cluster.Nodes;
using SmartService.Engine.Contract.Ledgers;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>What a gateway knows of how its cluster is: peak mode and readiness live by it.</summary>
public sealed class PressureTests : SeveralNodes
{
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Load_SilosJournalIsHeldUp_IsFeltOnTheGatewayAndAfterwardsNoMore()
    {
        await StartAsync("silo", ClusterRole.Silo);
        var gateway = await StartAsync("gateway", ClusterRole.Gateway);
        await gateway.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put("1", 1), default);
        var load = gateway.Get<IEngineLoad>();
        Task written;
        await using (var database = NpgsqlDataSource.Create(await DatabaseAsync()))
        await using (var connection = await database.OpenConnectionAsync())
        {
            await using var hold = await connection.BeginTransactionAsync();
            await using var held = new NpgsqlCommand("SELECT position FROM journal_head FOR UPDATE", connection, hold);
            await held.ExecuteScalarAsync();
            written = gateway.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put("2", 1), default).AsTask();
            await Until.TrueAsync(() => load.Take().OldestWork > Long); // Nobody has answered yet: the gateway's own wait says so.
            await Until.TrueAsync(() => LoadAfterAnAnswer(gateway) is var said && said.SlowestFlush > Long && said.OldestWork > Long); // Now the silo does.
            await hold.RollbackAsync();
        }

        await written;
        await Until.TrueAsync(() => LoadAfterAnAnswer(gateway).SlowestFlush < Long);
    }

    [Fact]
    public async Task Health_JournalCannotBeRead_SaysSoAndComesBack()
    {
        await StartAsync("silo", ClusterRole.Silo);
        var gateway = await StartAsync("gateway", ClusterRole.Gateway);
        var health = gateway.Get<IJournalHealth>();
        health.Fault.ShouldBeNull();
        await using var database = NpgsqlDataSource.Create(await DatabaseAsync());
        await ExecuteAsync(database, "ALTER TABLE journal RENAME TO away");
        await Until.TrueAsync(() => health.Fault is not null);
        await ExecuteAsync(database, "ALTER TABLE away RENAME TO journal");
        await Until.TrueAsync(() => health.Fault is null);
    }

    [Fact]
    public void Load_WatchesOneCallAtATime_AndTellsTheLongestSinceItWasAsked()
    {
        var load = new ClusterLoad();
        var first = load.Began();
        first.ShouldBeTrue();
        load.Began().ShouldBeFalse();
        load.Ended(first);
        load.Waiting.ShouldBe(TimeSpan.Zero);
        load.Began().ShouldBeTrue();
        load.Told(new() { OldestMs = 7, SlowestMs = 30, QueuePercent = 50 });
        load.Told(new() { OldestMs = 5, SlowestMs = 40, QueuePercent = 10 });
        var taken = load.Take();
        taken.OldestWork.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(7));
        (taken.SlowestFlush, taken.QueueShare).ShouldBe((TimeSpan.FromMilliseconds(40), 0.5));
        load.Take().SlowestFlush.ShouldBe(TimeSpan.Zero);
    }

    /// <summary>The answer is another entity's, of the same silo.</summary>
    private static EngineLoad LoadAfterAnAnswer(ClusterUnderTest gateway)
    {
        gateway.Ledgers.ReadAsync(Ledger.Key("b"), default).AsTask().GetAwaiter().GetResult();
        return gateway.Get<IEngineLoad>().Take();
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
