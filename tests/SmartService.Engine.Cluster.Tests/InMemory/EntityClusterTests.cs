using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;
using SmartService.Engine.Cluster.Entities;
using SmartService.Engine.Cluster.Grains;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Cluster.Nodes;
using SmartService.Engine.Contract;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Tests.InMemory;

/// <summary>What entities on silos promise, whatever journal they write: milliseconds each, two silos for all of them.</summary>
public sealed class EntityClusterTests(EntityCluster cluster) : IClassFixture<EntityCluster>
{
    private static readonly TimeSpan AtLast = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Command_IsDecidedOnASilo_AndItsEventsComeBack()
    {
        var key = Ledger.Key("decided");
        var reply = await cluster.Ledgers.HandleAsync(key, new LedgerCommand.PutMany(["1", "2"]), default);
        (reply.Version, reply.Refusal).ShouldBe((2, null));
        reply.Events.Select(e => ((LedgerEvent.Entered)e).Id).ShouldBe(["1", "2"]);
        (await cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("n", -1), default)).Refusal.ShouldBe(LedgerRefusal.Negative);
        (await cluster.Ledgers.ReadAsync(key, default)).Ids.ShouldBe(["1", "2"]);
        cluster.Journal.EventsOf(StreamOf(key)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Product_EntitiesAreServedToo()
    {
        var (store, noon) = (new EntityKey(new("north"), "north"), DateTimeOffset.UnixEpoch);
        (await cluster.Get<ITenants>().HandleAsync(store, new TenantCommand.Create(new("North", "en", "EUR", "UTC"), [], noon), default)).Refusal.ShouldBeNull();
        (await cluster.Get<ITenants>().ReadAsync(store, default)).Profile!.Name.ShouldBe("North");
        var visits = new CustomerCommand.RecordVisits([new("v1", "s1", noon, PageType.Orders)], noon);
        (await cluster.Get<ICustomers>().HandleAsync(new(store.Tenant, "ada"), visits, default)).Events.Length.ShouldBe(1);
        (await cluster.Get<ICustomers>().HandleAsync(new(store.Tenant, "ada"), visits, default)).Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task SameOperation_Again_HasOneEffect_AlsoWhenTheEntityWasOutOfMemory()
    {
        var key = Ledger.Key("again");
        (await cluster.Ledgers.HandleAsync(key, new LedgerCommand.Count("1"), default)).Events.Length.ShouldBe(1);
        (await cluster.Ledgers.HandleAsync(key, new LedgerCommand.Count("1"), default)).Events.ShouldBeEmpty();
        cluster.Journal.OpenedTimes(StreamOf(key)).ShouldBe(1);
        await cluster.DeactivateAsync(key);
        var reply = await cluster.Ledgers.HandleAsync(key, new LedgerCommand.Count("1"), default);
        cluster.Journal.OpenedTimes(StreamOf(key)).ShouldBe(2);
        (reply.Version, reply.Events.Length).ShouldBe((1, 0));
        cluster.Journal.EventsOf(StreamOf(key)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Entity_LeavesMemory_KeepsASnapshot_AndComesBackFromIt()
    {
        var key = Ledger.Key("snapshot");
        await cluster.Ledgers.HandleAsync(key, new LedgerCommand.PutMany([.. Enumerable.Range(0, 100).Select(i => $"{i}")]), default);
        await cluster.Ledgers.HandleAsync(key, new LedgerCommand.PutMany([.. Enumerable.Range(100, 40).Select(i => $"{i}")]), default);
        cluster.Snapshots.VersionOf(StreamOf(key)).ShouldBe(100);
        await cluster.DeactivateAsync(key);
        cluster.Snapshots.VersionOf(StreamOf(key)).ShouldBe(140);
        (await cluster.Ledgers.ReadAsync(key, default)).Sum.ShouldBe(140);
    }

    [Fact]
    public async Task LostRace_ActivationIsDropped_AndTheNextReadsAgainAndAnswers()
    {
        var key = Ledger.Key("race");
        await cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("1", 1), default);
        var elsewhere = await cluster.Journal.OpenAsync(StreamOf(key), default); // As another activation would, behind the back of the one in memory.
        await cluster.Journal.AppendAsync(elsewhere, 1, [new LedgerEvent.Entered("2", 1, null, null)], null);
        var sent = cluster.Sent;
        (await cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("2", 1), default)).Events.ShouldBeEmpty(); // It was there already.
        (cluster.Sent - sent).ShouldBeGreaterThan(1);
        cluster.Journal.OpenedTimes(StreamOf(key)).ShouldBe(3);
        (await cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("3", 1), default)).Version.ShouldBe(3);
        (await cluster.Ledgers.ReadAsync(key, default)).Ids.ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task Calls_OfOneCaller_KeepTheirOrder_FromTheFirstOneOn()
    {
        for (var round = 0; round < 10; round++)
        {
            var key = Ledger.Key($"order-{round}"); // Not in memory: the first calls come while it is placed and loaded.
            var calls = Enumerable.Range(0, 100).Select(i => cluster.Ledgers.HandleAsync(key, new LedgerCommand.Count($"{i}"), default).AsTask()).ToList();
            var replies = await Task.WhenAll(calls);
            replies.Select(r => r.Version).ShouldBe(Enumerable.Range(1, 100).Select(v => (long)v));
            cluster.Journal.EventsOf(StreamOf(key)).Select(e => ((LedgerEvent.Counted)e).Id).ShouldBe(Enumerable.Range(0, 100).Select(i => $"{i}"));
        }
    }

    [Fact]
    public async Task Caller_GivesUpWhileItWaits_IsToldAtOnce_ItsCallIsNotSent_AndTheNextKeepsItsTurn()
    {
        var (calls, key, first) = (cluster.Get<ClusterCalls>(), Ledger.Key("gives-up"), new TaskCompletionSource<EntityAnswer>());
        var (sent, begun) = (new List<string>(), cluster.Sent);
        using var gone = new CancellationTokenSource();
        var held = CallAsync("first", first.Task, default);
        var given = CallAsync("given up", Task.FromResult(new EntityAnswer()), gone.Token);
        var next = CallAsync("next", Task.FromResult(new EntityAnswer()), default);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(given.WaitAsync(AtLast));
        (held.IsCompleted, next.IsCompleted).ShouldBe((false, false));
        first.SetResult(new());
        await Task.WhenAll(held, next).WaitAsync(AtLast);
        sent.ShouldBe(["first", "next"]);
        (cluster.Sent - begun).ShouldBe(2);
        Task CallAsync(string name, Task<EntityAnswer> answer, CancellationToken ct) => calls.CallAsync<ILedgerGrain>(
            key,
            _ =>
            {
                sent.Add(name);
                return answer;
            },
            ct).AsTask();
    }

    [Fact]
    public async Task Caller_GivesUpAfterItsCallWasSent_TheNextWaitsForTheAnswerAllTheSame()
    {
        var (calls, key, first) = (cluster.Get<ClusterCalls>(), Ledger.Key("gives-up-late"), new TaskCompletionSource<EntityAnswer>());
        using var gone = new CancellationTokenSource();
        var isSent = false;
        var given = calls.CallAsync<ILedgerGrain>(key, _ => first.Task, gone.Token).AsTask();
        var next = calls.CallAsync<ILedgerGrain>(key, _ => Task.FromResult(new EntityAnswer { Version = isSent ? 1 : 0 }), default).AsTask();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(given.WaitAsync(AtLast));
        next.IsCompleted.ShouldBeFalse();
        isSent = true;
        first.SetResult(new());
        (await next.WaitAsync(AtLast)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Call_WaitedTooLongBehindAnother_IsNotSent_AndSaysSo()
    {
        var options = new ClusterOptions { CallTimeout = TimeSpan.FromMilliseconds(30), RetryFor = TimeSpan.FromMilliseconds(30) };
        var (key, first) = (Ledger.Key("too-long"), new TaskCompletionSource<EntityAnswer>());
        var calls = new ClusterCalls(cluster.Get<IGrainFactory>(), new JournalHead(), new TailMark(), new ClusterLoad(TimeProvider.System), Options.Create(options), NullLogger<ClusterCalls>.Instance);
        var held = calls.CallAsync<ILedgerGrain>(key, _ => first.Task, default).AsTask();
        var late = calls.CallAsync<ILedgerGrain>(key, _ => Task.FromResult(new EntityAnswer()), default).AsTask();
        var entered = Environment.TickCount64;
        await Until.TrueAsync(() => Environment.TickCount64 - entered > 60);
        first.SetResult(new());
        await held.WaitAsync(AtLast);
        var told = await Should.ThrowAsync<JournalException>(late.WaitAsync(AtLast));
        (told.OutcomeKnown, calls.Sent).ShouldBe((true, 1));
        told.Message.ShouldContain("calls before this one got no answer for too long");
    }

    [Fact]
    public async Task Decider_Throws_OnlyThatCallFails()
    {
        var (key, neighbour) = (Ledger.Key("throws"), Ledger.Key("neighbour"));
        await cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("1", 1), default);
        var thrown = cluster.Ledgers.HandleAsync(key, new LedgerCommand.Throw("a rule that is broken"), default).AsTask();
        var beside = cluster.Ledgers.HandleAsync(neighbour, new LedgerCommand.Put("1", 1), default).AsTask();
        var after = cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("2", 1), default).AsTask();
        (await Should.ThrowAsync<InvalidOperationException>(thrown.WaitAsync(AtLast))).Message.ShouldBe("a rule that is broken");
        (await beside.WaitAsync(AtLast)).Version.ShouldBe(1);
        (await after.WaitAsync(AtLast)).Version.ShouldBe(2);
        cluster.Journal.OpenedTimes(StreamOf(key)).ShouldBe(1); // It stands as if the command had never come.
    }

    [Fact]
    public async Task Command_OfAKindThatDoesNotTravel_IsRefused_AndNothingElse()
    {
        var key = Ledger.Key("foreign");
        (await Should.ThrowAsync<ArgumentException>(cluster.Ledgers.HandleAsync(key, new Foreign("x"), default).AsTask().WaitAsync(AtLast)))
            .Message.ShouldContain("does not travel between processes");
        (await cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("1", 1), default)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Command_TooLong_IsRefused_AndItsNeighboursKeepTheirConnection()
    {
        var key = Ledger.Key("long");
        var sent = cluster.Sent;
        var many = cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("1", 1, Memo: new('x', CarriedFormats.MostCommandBytes)), default).AsTask();
        (await Should.ThrowAsync<ArgumentException>(many.WaitAsync(AtLast))).Message.ShouldContain("is too long");
        (await cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("2", 1, Memo: new('x', 1 << 20)), default)).Version.ShouldBe(1);
        (cluster.Sent - sent).ShouldBe(2); // Neither was tried again.
    }

    [Fact]
    public async Task Silo_Stops_ItsEntitiesLiveOnOnTheOther_WithTheirState()
    {
        await using var own = await OwnAsync(new() { CallTimeout = TimeSpan.FromMinutes(1) });
        var keys = Enumerable.Range(0, 20).Select(i => Ledger.Key($"e{i}")).ToList();
        foreach (var key in keys)
        {
            await own.Cluster.Ledgers.HandleAsync(key, new LedgerCommand.Count("1"), default);
        }

        var stopped = own.Cluster.NameOfSiloOf(keys[0]);
        await own.Cluster.StopSiloOfAsync(keys[0]);
        foreach (var key in keys)
        {
            (await own.Cluster.Ledgers.HandleAsync(key, new LedgerCommand.Count("1"), default)).Events.ShouldBeEmpty();
            (await own.Cluster.Ledgers.HandleAsync(key, new LedgerCommand.Count("2"), default)).Version.ShouldBe(2);
            (await own.Cluster.Ledgers.ReadAsync(key, default)).Counts.ShouldBe([0, 1]);
            own.Cluster.NameOfSiloOf(key).ShouldNotBe(stopped);
        }
    }

    [Fact]
    public async Task Silo_IsKilled_ItsEntitiesLiveOnOnTheOther_AndNothingTheyWereToldIsLost()
    {
        await using var own = await OwnAsync(new() { CallTimeout = TimeSpan.FromSeconds(3), RetryFor = AtLast });
        var keys = Enumerable.Range(0, 20).Select(i => Ledger.Key($"k{i}")).ToList();
        foreach (var key in keys)
        {
            await own.Cluster.Ledgers.HandleAsync(key, new LedgerCommand.Count("1"), default);
        }

        var killed = own.Cluster.NameOfSiloOf(keys[0]);
        await own.Cluster.KillSiloOfAsync(keys[0]);
        foreach (var key in keys)
        {
            (await own.Cluster.Ledgers.HandleAsync(key, new LedgerCommand.Count("2"), default)).Version.ShouldBe(2);
            (await own.Cluster.Ledgers.ReadAsync(key, default)).Counts.ShouldBe([0, 1]);
            own.Cluster.NameOfSiloOf(key).ShouldNotBe(killed);
            own.Cluster.Journal.EventsOf(StreamOf(key)).Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task Call_TimesOut_IsSentAgain_AndHasOneEffect()
    {
        await using var own = await OwnAsync(new() { CallTimeout = TimeSpan.FromSeconds(1), RetryFor = AtLast });
        var (ledgers, key) = (own.Cluster.Ledgers, Ledger.Key("slow"));
        await ledgers.HandleAsync(key, new LedgerCommand.Count("1"), default);
        var sent = own.Cluster.Sent;
        own.Cluster.Journal.Hold(); // It is written, but nobody is told.
        var slow = ledgers.HandleAsync(key, new LedgerCommand.Count("2"), default).AsTask();
        await Until.TrueAsync(() => own.Cluster.Sent >= sent + 2 || slow.IsCompleted);
        slow.IsCompleted.ShouldBeFalse();
        own.Cluster.Journal.TellAgain();
        (await slow.WaitAsync(AtLast)).Version.ShouldBe(2);
        own.Cluster.Journal.EventsOf(StreamOf(key)).Count.ShouldBe(2);
        (await ledgers.ReadAsync(key, default)).Counts.ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Silo_ReadsACommandItDoesNotKnow_TheCallerIsTold_AndOthersAreServed()
    {
        // A gateway of the next version, and silos of this one.
        await using var own = await OwnAsync(
            new() { CallTimeout = TimeSpan.FromSeconds(20), RetryFor = TimeSpan.Zero }, s => s.AddSingleton(CarriedFormats.CommandsOf("next", typeof(Foreign)).Single()));
        var key = Ledger.Key("newer");
        await own.Cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("1", 1), default);
        (await Should.ThrowAsync<Exception>(own.Cluster.Ledgers.HandleAsync(key, new Foreign("x"), default).AsTask().WaitAsync(AtLast)))
            .ToString().ShouldContain("command:next:Foreign");
        (await own.Cluster.Ledgers.HandleAsync(key, new LedgerCommand.Put("2", 1), default)).Version.ShouldBe(2);
    }

    private static StreamKey StreamOf(EntityKey key) => new("ledger", key);

    private static async Task<Own> OwnAsync(ClusterOptions options, Action<IServiceCollection>? gateway = null)
    {
        var own = new Own(new(options, gateway));
        await own.Cluster.InitializeAsync();
        return own;
    }

    private sealed record Foreign(string Id) : LedgerCommand;

    private sealed record Own(EntityCluster Cluster) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();
    }
}
