using Npgsql;
using SmartService.Engine.Cluster.Nodes;
using SmartService.Engine.Contract;
using SmartService.Engine.Contract.Ledgers;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>What a gateway knows of how its cluster is: peak mode and readiness live by it.</summary>
public sealed class PressureTests : SeveralNodes
{
    private static readonly DateTimeOffset Start = new(2026, 11, 11, 0, 0, 0, TimeSpan.Zero);
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
    public void Load_TellsTheMostThatSilosSaid_Once()
    {
        var load = new ClusterLoad(new ManualClock(Start));
        load.Told(new() { OldestMs = 7, SlowestMs = 30, QueuePercent = 50 });
        load.Told(new() { OldestMs = 5, SlowestMs = 40, QueuePercent = 10 });
        load.Take().ShouldBe(new(TimeSpan.FromMilliseconds(7), TimeSpan.FromMilliseconds(40), 0.5));
        load.Take().ShouldBe(default);
    }

    [Fact]
    public void Load_OneSiloOfThreeHangs_IsNoPressureForThoseWhoAreAnswered()
    {
        var clock = new ManualClock(Start);
        var load = new ClusterLoad(clock);
        for (var i = 0; i < 50; i++)
        {
            load.Began(); // Never answered.
        }

        for (var tick = 0; tick < 50; tick++)
        {
            Answer(load, clock, 3, TimeSpan.FromMilliseconds(4));
            clock.Advance(TimeSpan.FromMilliseconds(80));
            load.Take().OldestWork.ShouldBe(TimeSpan.FromMilliseconds(80));
        }
    }

    [Fact]
    public void Load_AllCallsTakeLong_TellsHowLong_EvenBesideAFewQuickOnes()
    {
        var clock = new ManualClock(Start);
        var load = new ClusterLoad(clock);
        Answer(load, clock, 40, TimeSpan.Zero);
        Answer(load, clock, 41, TimeSpan.FromMilliseconds(300));
        load.Take().OldestWork.ShouldBe(TimeSpan.FromMilliseconds(300));
        load.Take().OldestWork.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Load_NobodyAnswers_TellsSinceWhen_UntilAnybodyDoesOrNobodyWaits()
    {
        var clock = new ManualClock(Start);
        var load = new ClusterLoad(clock);
        clock.Advance(TimeSpan.FromMinutes(1));
        load.Silent.ShouldBe(TimeSpan.Zero);
        var first = load.Began();
        load.Began();
        clock.Advance(TimeSpan.FromSeconds(4));
        load.Silent.ShouldBe(TimeSpan.FromSeconds(4));
        load.Take().OldestWork.ShouldBe(TimeSpan.FromSeconds(4));
        load.Told(default);
        load.Silent.ShouldBe(TimeSpan.Zero);
        load.Done(first);
        load.Ended();
        clock.Advance(TimeSpan.FromSeconds(2));
        load.Silent.ShouldBe(TimeSpan.FromSeconds(2));
        load.Ended();
        load.Silent.ShouldBe(TimeSpan.Zero);
    }

    /// <summary>So many calls begin together and are answered after so long.</summary>
    private static void Answer(ClusterLoad load, ManualClock clock, int calls, TimeSpan after)
    {
        var began = Enumerable.Range(0, calls).Select(_ => load.Began()).ToList();
        clock.Advance(after);
        foreach (var call in began)
        {
            load.Told(default);
            load.Done(call);
            load.Ended();
        }
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
