using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using Xunit;

namespace SmartService.Engine.Contract;

/// <summary>What every engine promises about entities.</summary>
public abstract class EntityContract(IEngineStore store) : EngineContract(store)
{
    [Fact]
    public async Task Handle_ManyCommandsAtOnce_RunOneAfterAnother()
    {
        var engine = await StartAsync();
        var key = Ledger.Key("a");

        // Each command writes how many came before it: two that ran side by side would write the same number.
        var replies = await Task.WhenAll(Enumerable.Range(0, 500).Select(i =>
            Task.Run(() => engine.Ledgers.HandleAsync(key, new LedgerCommand.Count($"c{i}"), Never).AsTask())));

        replies.Select(r => r.Version).Order().ShouldBe(Enumerable.Range(1, 500).Select(v => (long)v));
        var state = await engine.Ledgers.ReadAsync(key, Never);
        state.Counts.ShouldBe(Enumerable.Range(0, 500));
    }

    [Fact]
    public async Task Handle_CommandsInOrder_KeepTheirOrder()
    {
        var engine = await StartAsync();
        var key = Ledger.Key("a");
        var pending = Enumerable.Range(0, 300).Select(i => engine.Ledgers.HandleAsync(key, Put($"p{i}"), Never).AsTask()).ToList();
        await Task.WhenAll(pending);
        (await engine.Ledgers.ReadAsync(key, Never)).Ids.ShouldBe(Enumerable.Range(0, 300).Select(i => $"p{i}"));
    }

    /// <summary>With room for one, whoever comes by drives the others out again and again.</summary>
    [Fact]
    public async Task HandleInPassing_OfManyAtOnce_LosesNothingAndKeepsEachOnesOrder()
    {
        var engine = await StartAsync(new() { MostInPassing = 1 });
        var keys = Enumerable.Range(0, 20).Select(e => Ledger.Key($"e{e}")).ToList();
        var pending = Enumerable.Range(0, 40).SelectMany(i => keys.Select(key => engine.Ledgers.HandleInPassingAsync(key, Put($"p{i}"), Never).AsTask())).ToList();
        await Task.WhenAll(pending);
        foreach (var key in keys)
        {
            await engine.Ledgers.HandleInPassingAsync(key, new LedgerCommand.Count("last"), Never);
            (await engine.Ledgers.ReadInPassingAsync(key, Never)).Ids.ShouldBe([.. Enumerable.Range(0, 40).Select(i => $"p{i}"), "last"]);
        }
    }

    [Fact]
    public async Task Handle_SameCommandManyTimes_WritesOnce()
    {
        var engine = await StartAsync();
        var key = Ledger.Key("a");
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => engine.Ledgers.HandleAsync(key, Put("same", 7), Never).AsTask())));

        replies.Count(r => r.Events.Length == 1).ShouldBe(1);
        replies.ShouldAllBe(r => r.Version == 1);
        (await engine.Ledgers.ReadAsync(key, Never)).Sum.ShouldBe(7);
        (await engine.Journal.ReadEntityAsync("ledger", key, Never)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Handle_Refused_WritesNothing()
    {
        var engine = await StartAsync();
        var reply = await engine.Ledgers.HandleAsync(Ledger.Key("a"), Put("n", -1), Never);
        reply.Refusal.ShouldBe(LedgerRefusal.Negative);
        reply.Version.ShouldBe(0);
        engine.Journal.Head.ShouldBe(0);
    }

    [Fact]
    public async Task Handle_DeciderThrows_OthersGoOn()
    {
        var engine = await StartAsync();
        var key = Ledger.Key("a");
        await engine.Ledgers.HandleAsync(key, Put("1"), Never);
        await Should.ThrowAsync<InvalidOperationException>(
            async () => await engine.Ledgers.HandleAsync(key, new LedgerCommand.Throw("broken"), Never));
        (await engine.Ledgers.HandleAsync(key, Put("2"), Never)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Read_AfterAcknowledgement_SeesTheWrite()
    {
        var engine = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(e => Task.Run(async () =>
        {
            var key = Ledger.Key($"e{e % 4}"); // Two writers on each entity.
            for (var i = 0; i < 200; i++)
            {
                await engine.Ledgers.HandleAsync(key, Put($"{e}-{i}"), Never);
                (await engine.Ledgers.ReadAsync(key, Never)).Ids.ShouldContain($"{e}-{i}");
                await engine.Ledgers.HandleAsync(key, Put($"{e}-{i}"), Never); // Unchanged, and still there.
                (await engine.Ledgers.ReadAsync(key, Never)).Ids.ShouldContain($"{e}-{i}");
            }
        })));
    }

    [Fact]
    public async Task Read_NeverWritten_IsInitial()
    {
        var engine = await StartAsync();
        (await engine.Ledgers.ReadAsync(Ledger.Key("nobody"), Never)).ShouldBeSameAs(LedgerState.Empty);
    }

    [Fact]
    public async Task Handle_SameIdOfTwoTenants_AreTwoEntities()
    {
        var engine = await StartAsync();
        await engine.Ledgers.HandleAsync(Ledger.Key("a", "t1"), Put("x", 5), Never);
        (await engine.Ledgers.ReadAsync(Ledger.Key("a", "t2"), Never)).Sum.ShouldBe(0);
    }

    [Fact]
    public async Task Handle_NoKey_IsTheCallersFault()
    {
        var engine = await StartAsync();
        await Should.ThrowAsync<ArgumentException>(async () => await engine.Ledgers.HandleAsync(Ledger.Key(""), Put("x"), Never));
    }

    [Fact]
    public async Task Passivate_ThenCall_ReturnsWithItsState()
    {
        var engine = await StartAsync(new() { SnapshotEvery = 10 });
        foreach (var e in Enumerable.Range(0, 20))
        {
            await Task.WhenAll(Enumerable.Range(0, 25).Select(i => engine.Ledgers.HandleAsync(Ledger.Key($"e{e}"), Put($"{i}"), Never).AsTask()));
        }

        for (var round = 0; round < 3; round++)
        {
            await engine.PassivateAllAsync();
            foreach (var e in Enumerable.Range(0, 20))
            {
                var reply = await engine.Ledgers.HandleAsync(Ledger.Key($"e{e}"), Put($"r{round}"), Never);
                reply.Version.ShouldBe(26 + round);
            }
        }
    }

    [Fact]
    public async Task Passivate_WhileWriting_LosesAndDoublesNothing()
    {
        var engine = await StartAsync(new() { SnapshotEvery = 7 });
        using var done = new CancellationTokenSource();
        var sweeping = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await engine.PassivateAllAsync();
                await Task.Yield();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 10).Select(e => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                (await engine.Ledgers.HandleAsync(Ledger.Key($"e{e}"), new LedgerCommand.Count($"{i}"), Never)).Version.ShouldBe(i + 1);
            }
        })));
        await done.CancelAsync();
        await sweeping;
    }

    [Fact]
    public async Task Load_FromSnapshot_EqualsReplayAlone()
    {
        var withSnapshots = await StartAsync(new() { SnapshotEvery = 10 });
        var key = Ledger.Key("a");
        for (var i = 0; i < 57; i++)
        {
            await withSnapshots.Ledgers.HandleAsync(key, i % 3 == 0 ? new LedgerCommand.Count($"{i}") : Put($"{i}", i, "ada"), Never);
        }

        await StopAsync(withSnapshots);
        var again = await StartAsync(new() { SnapshotEvery = 10 });
        var fromSnapshot = Ledger.Region.States.Write(await again.Ledgers.ReadAsync(key, Never));
        var replayed = (await again.Journal.ReadEntityAsync("ledger", key, Never))
            .Aggregate(LedgerState.Empty, (state, e) => LedgerDecider.Evolve(state, (LedgerEvent)e.Event));
        fromSnapshot.ShouldBe(Ledger.Region.States.Write(replayed));
    }

    [Fact]
    public async Task Restart_KeepsEverything()
    {
        var first = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(e => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await first.Ledgers.HandleAsync(Ledger.Key($"e{e}"), Put($"{i}", i), Never);
            }
        })));
        var head = first.Journal.Head;
        await StopAsync(first);

        var second = await StartAsync();
        second.Journal.Head.ShouldBe(head);
        foreach (var e in Enumerable.Range(0, 40))
        {
            (await second.Ledgers.ReadAsync(Ledger.Key($"e{e}"), Never)).Ids.ShouldBe(Enumerable.Range(0, 10).Select(i => $"{i}"));
        }
    }

    [Fact]
    public async Task Handle_JournalQueueFull_AnswersBusyAndWritesNothing()
    {
        var engine = await StartAsync(new() { JournalQueueLength = 5 });
        var key = Ledger.Key("a");
        var replies = Enumerable.Range(0, 20_000).Select(i => engine.Ledgers.HandleAsync(key, Put($"{i}"), Never).AsTask()).ToList();
        await Task.WhenAll(replies).ContinueWith(_ => { }, TaskScheduler.Default);

        var refused = replies.Where(r => r.IsFaulted).Select(r => r.Exception!.InnerException).ToList();
        refused.ShouldNotBeEmpty();
        refused.ShouldAllBe(e => e is EngineBusyException && ((EngineBusyException)e).RetryAfter > TimeSpan.Zero);
        var accepted = replies.Index().Where(r => r.Item.IsCompletedSuccessfully).Select(r => $"{r.Index}").ToList();
        accepted.ShouldNotBeEmpty();
        (await engine.Ledgers.ReadAsync(key, Never)).Ids.Order().ShouldBe(accepted.Order());
        (await engine.Journal.ReadEntityAsync("ledger", key, Never)).Count.ShouldBe(accepted.Count);
    }

    [Fact]
    public async Task Handle_MailboxFull_AnswersBusy()
    {
        var engine = await StartAsync(new() { MailboxLength = 3 });
        var replies = Enumerable.Range(0, 10_000).Select(i => engine.Ledgers.HandleAsync(Ledger.Key("a"), Put($"{i}"), Never).AsTask()).ToList();
        await Task.WhenAll(replies).ContinueWith(_ => { }, TaskScheduler.Default);
        var accepted = replies.Count(r => r.IsCompletedSuccessfully);
        accepted.ShouldBeGreaterThan(2);
        (await engine.Ledgers.ReadAsync(Ledger.Key("a"), Never)).Ids.Count.ShouldBe(accepted);
    }
}
