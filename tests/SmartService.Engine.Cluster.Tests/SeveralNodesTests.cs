using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SmartService.Domain;
using SmartService.Domain.Tenants;
using SmartService.Engine.Cluster.Entities;
using SmartService.Engine.Contract;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Feeds;
using SmartService.Engine.Following;
using SmartService.Engine.Journal;
using SmartService.Engine.Limits;
using SmartService.Engine.Scheduling;
using SmartService.Engine.Understanding;

namespace SmartService.Engine.Cluster.Tests;

public sealed class SeveralNodesTests : SeveralNodes
{
    private static readonly FeedKey Ada = new(new("t1"), new("ada"));

    [Fact]
    public async Task Gateway_CommandsAndStates_TravelBetweenProcesses()
    {
        await StartAsync("silo", ClusterRole.Silo);
        var gateway = await StartAsync("gateway", ClusterRole.Gateway);
        var key = Ledger.Key("a");
        var reply = await gateway.Ledgers.HandleAsync(key, new LedgerCommand.PutMany(["1", "2", "3"]), default);
        reply.Version.ShouldBe(3);
        reply.Events.Select(e => ((LedgerEvent.Entered)e).Id).ShouldBe(["1", "2", "3"]);
        (await gateway.Ledgers.HandleAsync(key, new LedgerCommand.Put("n", -1), default)).Refusal.ShouldBe(LedgerRefusal.Negative);
        (await gateway.Ledgers.ReadAsync(key, default)).Ids.ShouldBe(["1", "2", "3"]);
        gateway.Journal.Head.ShouldBe(3); // It was told with the answer.
    }

    [Fact]
    public async Task Gateway_CommandsAtOnce_KeepTheirOrder()
    {
        await StartAsync("silo", ClusterRole.Silo);
        var gateway = await StartAsync("gateway", ClusterRole.Gateway);
        for (var round = 0; round < 5; round++)
        {
            var key = Ledger.Key($"a{round}");
            await Task.WhenAll(Enumerable.Range(0, 100).Select(i => gateway.Ledgers.HandleAsync(key, new LedgerCommand.Put($"{i}", 1), default).AsTask()));
            (await gateway.Ledgers.ReadAsync(key, default)).Ids.ShouldBe(Enumerable.Range(0, 100).Select(i => $"{i}"));
        }
    }

    [Fact]
    public async Task Store_ChangedOnAnotherGateway_IsKnownHere_AndReadWithoutACall()
    {
        await StartAsync("silo", ClusterRole.Silo);
        var (here, there) = (await StartAsync("here", ClusterRole.Gateway), await StartAsync("there", ClusterRole.Gateway));
        var key = new EntityKey(new("t1"), "t1");
        (await here.Get<ITenants>().ReadAsync(key, default)).Profile.ShouldBeNull();
        await there.Get<ITenants>().HandleAsync(key, new TenantCommand.Create(new("North", "en", "EUR", "UTC"), [], DateTimeOffset.UnixEpoch), default);
        (await there.Get<ITenants>().ReadAsync(key, default)).Profile!.Name.ShouldBe("North"); // At once, where it was made.
        await Until.TrueAsync(() => ReadWithoutACall(here, key)?.Profile?.Name == "North");
        await here.Get<ITenants>().HandleAsync(key, new TenantCommand.ChangeProfile(new("South", "en", "EUR", "UTC"), DateTimeOffset.UnixEpoch), default);
        (await here.Get<ITenants>().ReadAsync(key, default)).Profile!.Name.ShouldBe("South");
        await Until.TrueAsync(() => ReadWithoutACall(there, key)?.Profile?.Name == "South");
    }

    [Fact]
    public async Task HandleAndRead_WrittenElsewhereMeanwhile_TellsTheStateWithTheCommand()
    {
        await StartAsync("silo", ClusterRole.Silo);
        var (here, there) = (await StartAsync("here", ClusterRole.Gateway), await StartAsync("there", ClusterRole.Gateway));
        var key = Ledger.Key("a");
        for (var i = 0; i < 20; i++)
        {
            await there.Ledgers.HandleAsync(key, new LedgerCommand.Put($"t{i}", 1), default);
            var (reply, state) = await here.Ledgers.HandleAndReadAsync(key, new LedgerCommand.Put($"h{i}", 1), default);
            reply.Version.ShouldBe((2 * i) + 2);
            state.Ids.Count.ShouldBe((2 * i) + 2);
            (await there.Ledgers.ReadAsync(key, default)).Ids.Count.ShouldBe((2 * i) + 2); // The entity itself was asked.
        }
    }

    [Fact]
    public async Task Feed_WrittenThroughAnotherGateway_ReachesTheListener()
    {
        await StartAsync("silo", ClusterRole.Silo);
        var (here, there) = (await StartAsync("here", ClusterRole.Gateway), await StartAsync("there", ClusterRole.Gateway));
        await using var frames = here.Feeds.SubscribeAsync(Ada, -1, default).GetAsyncEnumerator();
        var next = frames.MoveNextAsync().AsTask();
        await there.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put("x", 1, "ada"), default);
        (await next).ShouldBeTrue();
        ((LedgerEvent.Entered)frames.Current.Event!).Id.ShouldBe("x");
    }

    [Fact]
    public async Task Signal_FromAnotherGateway_ReachesTheListenerOnce_AndItsPresenceIsSeen()
    {
        await using var redis = await TestRedis.StartAsync();
        await StartAsync("silo", ClusterRole.Silo, redis);
        var (here, there) = (await StartAsync("here", ClusterRole.Gateway, redis), await StartAsync("there", ClusterRole.Gateway, redis));
        await using var frames = here.Feeds.SubscribeAsync(Ada, -1, default).GetAsyncEnumerator();
        var next = frames.MoveNextAsync().AsTask();
        await Until.TrueAsync(() => there.Feeds.HasListeners(Ada));
        there.Feeds.Signal(Ada, "typing", "1"u8.ToArray());
        there.Feeds.Signal(Ada, "typing", "2"u8.ToArray());
        (await next).ShouldBeTrue();
        frames.Current.Json.ToArray().ShouldBe("1"u8.ToArray());
        (await frames.MoveNextAsync()).ShouldBeTrue();
        frames.Current.Json.ToArray().ShouldBe("2"u8.ToArray());

        there.Get<IPresence>().Typing(Ada.Tenant, Ada.Customer!.Value, typing: true);
        await Until.TrueAsync(() => here.Get<IPresence>().IsTyping(Ada.Tenant, Ada.Customer!.Value));
    }

    [Fact]
    public async Task Broadcast_ReachesEveryGateway()
    {
        await using var redis = await TestRedis.StartAsync();
        await StartAsync("silo", ClusterRole.Silo, redis);
        var (here, there) = (await StartAsync("here", ClusterRole.Gateway, redis), await StartAsync("there", ClusterRole.Gateway, redis));
        var heard = new System.Collections.Concurrent.ConcurrentQueue<string>();
        here.Get<IBroadcast>().Open("desk", message => heard.Enqueue(Encoding.UTF8.GetString(message)));
        await Until.TrueAsync(() =>
        {
            there.Get<IBroadcast>().Send("desk", "mia looks"u8.ToArray()); // Until the channel is open: nothing is kept for who comes later.
            return heard.Contains("mia looks");
        });
    }

    [Fact]
    public async Task Watcher_IsToldOfAChangeMadeElsewhere_AndReadsIt()
    {
        await StartAsync("silo", ClusterRole.Silo);
        var watcher = new TenantWatcher();
        var here = await StartAsync("here", ClusterRole.Gateway, services: s => s.AddSingleton<IEntityWatcher>(watcher));
        var there = await StartAsync("there", ClusterRole.Gateway);
        var key = new EntityKey(new("t1"), "t1");
        await there.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Put("x", 1), default); // Of no interest.
        await there.Get<ITenants>().HandleAsync(key, new TenantCommand.Create(new("North", "en", "EUR", "UTC"), [], DateTimeOffset.UnixEpoch), default);
        (await watcher.Told.Task.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBe(key);
        (await here.Get<ITenants>().ReadRecentAsync(key, default)).Profile!.Name.ShouldBe("North");
    }

    [Fact]
    public async Task TenantModels_SavedThroughOneGateway_AreThereForAll()
    {
        await StartAsync("silo", ClusterRole.Silo);
        var (here, there) = (
            (await StartAsync("here", ClusterRole.Gateway)).Get<ITenantModelStore>(), (await StartAsync("there", ClusterRole.Gateway)).Get<ITenantModelStore>());
        var (north, south) = (new TenantId("north"), new TenantId("south"));
        await here.SaveAsync(north, "a1", new byte[] { 1, 2, 3 }, default);
        await here.SaveAsync(north, "a1", new byte[] { 1, 2, 3 }, default);
        await here.SaveAsync(south, "b1", new byte[] { 4 }, default);
        (await there.LoadAsync(north, "a1", default)).ShouldBe([1, 2, 3]);
        (await there.TenantsAsync(default)).ShouldBe([north, south], ignoreOrder: true);
        await Should.ThrowAsync<IOException>(() => there.LoadAsync(south, "a1", default));

        await there.KeepOnlyAsync(north, ["a2"], default);
        (await here.LoadAsync(north, "a1", default)).ShouldBe([1, 2, 3], "it is young: whoever saved it may be about to make it live");
        await using (var database = NpgsqlDataSource.Create(await DatabaseAsync()))
        {
            await using var aged = database.CreateCommand("UPDATE tenant_model SET saved_at = saved_at - interval '2 hours'");
            await aged.ExecuteNonQueryAsync();
        }

        await there.KeepOnlyAsync(north, ["a2"], default);
        await Should.ThrowAsync<IOException>(() => here.LoadAsync(north, "a1", default));
        await there.ForgetAsync(south, default);
        (await here.TenantsAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Takes_OnOneGateway_AreHeardOnTheOthersAndNotByItself()
    {
        await using var redis = await TestRedis.StartAsync();
        await StartAsync("silo", ClusterRole.Silo, redis);
        var (here, there) = (await StartAsync("here", ClusterRole.Gateway, redis), await StartAsync("there", ClusterRole.Gateway, redis));
        var heard = new System.Collections.Concurrent.ConcurrentQueue<(string, string, int)>();
        here.Get<ISharedTakes>().Heard += (limit, caller, count) => heard.Enqueue((limit, caller, count));
        there.Get<ISharedTakes>().Heard += (_, _, _) => heard.Enqueue(("itself", "", 0));
        there.Get<ISharedTakes>().Took("shopper", "t1/ada");
        there.Get<ISharedTakes>().Took("shopper", "t1/ada");
        await Until.TrueAsync(() => heard.Sum(h => h.Item3) == 2);
        heard.ShouldAllBe(h => h.Item1 == "shopper" && h.Item2 == "t1/ada");
    }

    [Fact]
    public async Task Feed_RedisGoesAwayAndComesBack_NothingIsLost()
    {
        await using var redis = await TestRedis.StartAsync();
        await StartAsync("silo", ClusterRole.Silo, redis);
        var (here, there) = (await StartAsync("here", ClusterRole.Gateway, redis), await StartAsync("there", ClusterRole.Gateway, redis));
        var seen = ReadAsync(here, 90);
        await PutAsync(there, 0, 30);
        await redis.KillAsync();
        await PutAsync(there, 30, 30);
        await redis.StartAgainAsync();
        await PutAsync(there, 60, 30);
        (await seen).ShouldBe(Enumerable.Range(0, 90).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Silo_Stops_ItsEntitiesGoOnElsewhere_AndNoCommandIsDoneTwice()
    {
        var leaving = await StartAsync("one", ClusterRole.Silo);
        await StartAsync("two", ClusterRole.Silo);
        var gateway = await StartAsync("gateway", ClusterRole.Gateway);
        var writing = Enumerable.Range(0, 20).Select(e => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                // Sent twice, as a shopper's browser does that had no answer.
                await gateway.Ledgers.HandleAsync(Ledger.Key($"e{e}"), new LedgerCommand.Count($"{i}"), default);
                await gateway.Ledgers.HandleAsync(Ledger.Key($"e{e}"), new LedgerCommand.Count($"{i}"), default);
            }
        })).ToList();
        await Until.TrueAsync(() => gateway.Journal.Head > 200);
        await StopAsync(leaving);
        await Task.WhenAll(writing);
        for (var e = 0; e < 20; e++)
        {
            (await gateway.Ledgers.ReadAsync(Ledger.Key($"e{e}"), default)).Counts.ShouldBe(Enumerable.Range(0, 100));
        }

        gateway.Journal.Head.ShouldBe(2_000);
    }

    [Fact]
    public async Task LostRace_GrainReadsAgain_AndTheCommandIsDoneOnce()
    {
        var node = await StartAsync("both", ClusterRole.Both);
        var key = Ledger.Key("a");
        await node.Ledgers.HandleAsync(key, new LedgerCommand.Put("1", 1), default);

        // As another activation would, somewhere else: behind the back of the one in memory.
        var elsewhere = await node.Journal.OpenAsync(new("ledger", key), default);
        await node.Journal.AppendAsync(elsewhere, 1, [new LedgerEvent.Entered("2", 1, null, null)], null);

        (await node.Ledgers.HandleAsync(key, new LedgerCommand.Put("2", 1), default)).Events.ShouldBeEmpty(); // It was there already.
        (await node.Ledgers.HandleAsync(key, new LedgerCommand.Put("3", 1), default)).Version.ShouldBe(3);
        (await node.Ledgers.ReadAsync(key, default)).Ids.ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task Followers_RunOnOneNode_AndOnAnotherWhenThatOneStops()
    {
        var (first, second) = (new CountingFollower(), new CountingFollower());
        await StartAsync("silo", ClusterRole.Silo);
        var leading = await StartAsync("first", ClusterRole.Gateway, services: s => s.AddSingleton<IJournalFollower>(first));
        await Until.TrueAsync(() => leading.Get<ILeadership>().IsLeading);
        var standby = await StartAsync("second", ClusterRole.Gateway, services: s => s.AddSingleton<IJournalFollower>(second));
        await PutAsync(standby, 0, 20);
        await Until.TrueAsync(() => first.Seen == 20);
        second.Seen.ShouldBe(0);
        standby.Get<FollowerRunner>().Statuses.ShouldBeEmpty();

        await StopAsync(leading);
        await PutAsync(standby, 20, 20);
        await Until.TrueAsync(() => second.Seen == 20);
        first.Seen.ShouldBe(20);
    }

    [Fact]
    public async Task Reminder_SetOnAnotherNode_IsDoneByTheLeader()
    {
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await StartAsync("silo", ClusterRole.Silo);
        var leading = await StartAsync("first", ClusterRole.Gateway, services: s => s.AddSingleton<IReminderHandler>(new Handler(done)));
        await Until.TrueAsync(() => leading.Get<ILeadership>().IsLeading);
        var other = await StartAsync("second", ClusterRole.Gateway, services: s => s.AddSingleton<IReminderHandler>(new Handler(new())));
        await other.Scheduler.SetAsync(new("test", "a", DateTimeOffset.UtcNow, default), default);
        (await done.Task).ShouldBe("a");
    }

    /// <returns>Null when the entity was asked after all: now and then it is.</returns>
    private static TenantState? ReadWithoutACall(ClusterUnderTest node, EntityKey key)
    {
        var sent = node.Get<ClusterCalls>().Sent;
        var state = node.Get<ITenants>().ReadAsync(key, default).AsTask().GetAwaiter().GetResult();
        return node.Get<ClusterCalls>().Sent == sent ? state : null;
    }

    private static async Task PutAsync(ClusterUnderTest node, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            await node.Ledgers.HandleAsync(Ledger.Key($"e{i % 5}"), new LedgerCommand.Put($"{i}", 1, "ada"), default);
        }
    }

    private static async Task<List<string>> ReadAsync(ClusterUnderTest node, int count)
    {
        var ids = new List<string>();
        await foreach (var frame in node.Feeds.SubscribeAsync(Ada, 0, default))
        {
            ids.Add(((LedgerEvent.Entered)frame.Event!).Id);
            if (ids.Count == count)
            {
                break;
            }
        }

        return ids;
    }

    private sealed class CountingFollower : IJournalFollower
    {
        private int _seen;

        public string Name => "counting";

        public int Seen => Volatile.Read(ref _seen);

        public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
        {
            Interlocked.Add(ref _seen, events.Count);
            return default;
        }
    }

    private sealed class Handler(TaskCompletionSource<string> done) : IReminderHandler
    {
        public string Kind => "test";

        public ValueTask HandleAsync(Reminder reminder, CancellationToken ct)
        {
            done.TrySetResult(reminder.Name);
            return default;
        }
    }

    private sealed class TenantWatcher : IEntityWatcher
    {
        public string Region => Regions.Tenants.Name;

        public TaskCompletionSource<EntityKey> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Changed(EntityKey key) => Told.TrySetResult(key);
    }
}
