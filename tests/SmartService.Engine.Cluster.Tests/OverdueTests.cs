using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Runtime;
using SmartService.Engine.Cluster.Reminders;
using SmartService.Engine.Contract;
using SmartService.Engine.Following;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Cluster.Tests;

/// <summary>The second line behind the gateway that runs reminders. Time is the test's clock, but for the lease and for Orleans.</summary>
public sealed class OverdueTests : SeveralNodes
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);
    private readonly ManualClock _clock = new(Noon);

    [Fact]
    public async Task Leader_HangsInAReminder_AnotherGatewayCarriesThemOut_EachOnce()
    {
        var silo = await StartAsync("silo", ClusterRole.Silo);
        var (hanging, other) = (new Handler { Hangs = true }, new Handler());
        var leading = await StartAsync("leading", ClusterRole.Gateway, hanging);
        await Until.TrueAsync(() => leading.Get<ILeadership>().IsLeading);
        var standby = await StartAsync("standby", ClusterRole.Gateway, other);
        await leading.Scheduler.SetAsync(new("test", "stuck", Noon, default), default);
        await Until.TrueAsync(() => hanging.Begun.Count == 1);
        await standby.Scheduler.SetAsync(new("test", "waiting", Noon, default), default);
        await LookAsync(silo);
        (await AskAsync("SELECT given_up FROM lease")).ShouldBe(false, "nothing is overdue yet");

        _clock.Advance(Long);
        await LookAsync(silo);
        (silo.Get<OverdueReminders>().Count, silo.Get<OverdueReminders>().Age).ShouldBe((2, Long));
        await UntilAsync("SELECT holder LIKE 'standby/%' OR NOT given_up FROM lease");
        (await AskAsync("SELECT holder LIKE 'standby/%' FROM lease")).ShouldBe(true, "who was told to let go renews it no more");
        await Until.TrueAsync(() => other.Done.Count == 2);
        await UntilAsync("SELECT count(*) = 0 FROM reminder");
        hanging.Release();
        await Until.TrueAsync(() => hanging.Done.Count == 1);
        (await leading.Scheduler.FindAsync("test", "waiting", default)).ShouldBeNull();
        await LookAsync(silo);
        silo.Get<OverdueReminders>().Count.ShouldBe(0);
        other.Done.ShouldBe(["stuck", "waiting"], ignoreOrder: true);
        hanging.Begun.ShouldBe(["stuck"]); // It came back to a lease that it has no more.
    }

    [Fact]
    public async Task Leader_IsAtIt_AndOneReminderFails_KeepsTheLease()
    {
        var silo = await StartAsync("silo", ClusterRole.Silo);
        var failing = new Handler { Fails = true };
        var leading = await StartAsync("leading", ClusterRole.Gateway, failing);
        await StartAsync("standby", ClusterRole.Gateway, new Handler());
        await leading.Scheduler.SetAsync(new("test", "bad", Noon, default), default);
        await Until.TrueAsync(() => !failing.Begun.IsEmpty);
        await _clock.TimerSetForAsync(Noon.AddSeconds(1)); // Its next try.
        _clock.Advance(Long);
        await UntilAsync($"SELECT looked = {(Noon + Long).UtcTicks} FROM lease"); // It has looked, and renewed the lease.
        await LookAsync(silo);
        silo.Get<OverdueReminders>().Count.ShouldBe(1);
        (await AskAsync("SELECT given_up FROM lease")).ShouldBe(false);
    }

    [Fact]
    public async Task Leader_IsLongAtOneReminder_AndGetsOn_KeepsTheLease()
    {
        var silo = await StartAsync("silo", ClusterRole.Silo);
        var working = new Handler { Hangs = true };
        var leading = await StartAsync("leading", ClusterRole.Gateway, working);
        await StartAsync("standby", ClusterRole.Gateway, new Handler());
        await leading.Scheduler.SetAsync(new("test", "long", Noon, default), default);
        await Until.TrueAsync(() => working.Begun.Count == 1);
        _clock.Advance(Long);
        leading.Scheduler.AtWork();
        await UntilAsync($"SELECT looked = {(Noon + Long).UtcTicks} FROM lease");
        await LookAsync(silo);
        silo.Get<OverdueReminders>().Count.ShouldBe(1);
        (await AskAsync("SELECT given_up FROM lease")).ShouldBe(false);
        working.Release();
        await UntilAsync("SELECT count(*) = 0 FROM reminder");
    }

    [Fact]
    public async Task Leader_HangsAndIsTheOnlyGateway_LetsGoOnce_AndGetsItBack()
    {
        var silo = await StartAsync("silo", ClusterRole.Silo);
        var hanging = new Handler { Hangs = true };
        var only = await StartAsync("only", ClusterRole.Gateway, hanging);
        await only.Scheduler.SetAsync(new("test", "stuck", Noon, default), default);
        await Until.TrueAsync(() => hanging.Begun.Count == 1);
        _clock.Advance(Long);
        await LookAsync(silo);
        var letGo = Until.TrueAsync(() => !only.Get<ILeadership>().IsLeading);
        await UntilAsync("SELECT NOT given_up FROM lease"); // It has it back: its followers go on.
        letGo.IsCompleted.ShouldBeTrue();
        await LookAsync(silo);
        (await AskAsync("SELECT given_up FROM lease")).ShouldBe(false); // Asking again would only take them away again.
        hanging.Release();
        await Until.TrueAsync(() => hanging.Done.Count == 1);
    }

    [Fact]
    public async Task NoGateway_SilosSayWhatIsOverdue_AndTheNextGatewayDoesIt()
    {
        var silo = await StartAsync("silo", ClusterRole.Silo);
        var gateway = await StartAsync("first", ClusterRole.Gateway);
        await gateway.Scheduler.SetAsync(new("test", "a", Noon + TimeSpan.FromMinutes(1), default), default);
        await StopAsync(gateway);
        _clock.Advance(Long);
        await LookAsync(silo);
        (silo.Get<OverdueReminders>().Count, silo.Get<OverdueReminders>().Age).ShouldBe((1, Long - TimeSpan.FromMinutes(1)));
        var handler = new Handler();
        await StartAsync("second", ClusterRole.Gateway, handler);
        await Until.TrueAsync(() => handler.Done.Count == 1);
        await UntilAsync("SELECT count(*) = 0 FROM reminder");
        await LookAsync(silo);
        silo.Get<OverdueReminders>().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Look_IsSetOnceByAllSilosTogether_AndComesByItself()
    {
        var silos = await Task.WhenAll(StartAsync("one", ClusterRole.Silo), StartAsync("two", ClusterRole.Silo));
        await UntilAsync("SELECT count(*) = 1 FROM orleans_reminder");
        var third = await StartAsync("three", ClusterRole.Silo);
        await third.Get<IGrainFactory>().GetGrain<IOverdueGrain>(IOverdueGrain.Key).WatchAsync(); // Whether or not it has come to it by itself.
        (await AskAsync("SELECT count(*) = 1 AND max(version) = 0 FROM orleans_reminder")).ShouldBe(true);
        foreach (var silo in silos)
        {
            await StopAsync(silo);
        }

        // As if the minute were nearly over; a silo that starts reads it.
        await AskAsync("UPDATE orleans_reminder SET starts = now() + interval '2 seconds'");
        await AskAsync($"INSERT INTO reminder (kind, name, due, payload) VALUES ('test', 'a', {(Noon - Long).UtcTicks}, '')");
        var (last, next) = (await StartAsync("four", ClusterRole.Silo), await StartAsync("five", ClusterRole.Silo));
        await Until.TrueAsync(() => last.Get<OverdueReminders>().Count + next.Get<OverdueReminders>().Count + third.Get<OverdueReminders>().Count == 1);
    }

    [Fact]
    public async Task Table_OfOrleansReminders_KeepsWhatItIsGiven()
    {
        var table = (await StartAsync("silo", ClusterRole.Silo)).Get<IReminderTable>();
        await UntilAsync("SELECT count(*) = 1 FROM orleans_reminder");
        await table.TestOnlyClearTable();
        var grain = GrainId.Create("overdue", "other");
        var entry = new ReminderEntry { GrainId = grain, ReminderName = "n", StartAt = Noon.UtcDateTime, Period = TimeSpan.FromDays(60) };
        var first = await table.UpsertRow(entry);
        var second = await table.UpsertRow(entry);
        second.ShouldNotBe(first);
        var read = (await table.ReadRow(grain, "n")).ShouldNotBeNull();
        (read.GrainId, read.ReminderName, read.StartAt.ToUniversalTime(), read.Period, read.ETag).ShouldBe((grain, "n", Noon.UtcDateTime, TimeSpan.FromDays(60), second));
        (await table.ReadRows(grain)).Reminders.Count.ShouldBe(1);
        var hash = grain.GetUniformHashCode();
        (await table.ReadRows(hash - 1, hash)).Reminders.Count.ShouldBe(1);
        (await table.ReadRows(hash, hash - 1)).Reminders.Count.ShouldBe(0); // All others.
        (await table.ReadRows(hash, hash)).Reminders.Count.ShouldBe(1); // The whole ring.
        (await table.RemoveRow(grain, "n", first!)).ShouldBeFalse();
        (await table.RemoveRow(grain, "n", second!)).ShouldBeTrue();
        (await table.ReadRow(grain, "n")).ShouldBeNull();
    }

    private static Task LookAsync(ClusterUnderTest silo) => silo.Get<IGrainFactory>().GetGrain<IOverdueGrain>(IOverdueGrain.Key).ReceiveReminder("look", default);

    private Task<ClusterUnderTest> StartAsync(string node, ClusterRole role, Handler? handler = null) => StartAsync(
        node, role, services: handler is null ? null : s => s.AddSingleton<IReminderHandler>(handler), clock: _clock);

    private async Task<object?> AskAsync(string sql)
    {
        await using var database = NpgsqlDataSource.Create(await DatabaseAsync());
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private async Task UntilAsync(string sql)
    {
        while (await AskAsync(sql) is not true)
        {
            await Task.Delay(20);
        }
    }

    private sealed class Handler : IReminderHandler
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => "test";

        public bool Hangs { get; init; }

        public bool Fails { get; init; }

        public System.Collections.Concurrent.ConcurrentQueue<string> Begun { get; } = [];

        public System.Collections.Concurrent.ConcurrentQueue<string> Done { get; } = [];

        public void Release() => _released.SetResult();

        public async ValueTask HandleAsync(Reminder reminder, CancellationToken ct)
        {
            Begun.Enqueue(reminder.Name);
            if (Fails)
            {
                throw new InvalidOperationException("not now");
            }

            if (Hangs)
            {
                await _released.Task.WaitAsync(ct);
            }

            Done.Enqueue(reminder.Name);
        }
    }
}
