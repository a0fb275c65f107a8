using System.Collections.Immutable;
using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using Xunit;

namespace SmartService.Engine.Contract;

/// <summary>What every engine promises about reading the journal.</summary>
public abstract class JournalContract(IEngineStore store) : EngineContract(store)
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task Read_InSteps_GivesEveryEventOnceInOrder(int limit)
    {
        var engine = await StartAsync();
        await WriteSomeAsync(engine);
        await CheckWholeAsync(engine, limit);
        await StopAsync(engine);
        await CheckWholeAsync(await StartAsync(), limit); // Now from the disk.
    }

    [Fact]
    public async Task ReadEntity_GivesItsHistory()
    {
        var engine = await StartAsync();
        await WriteSomeAsync(engine);
        var history = await engine.Journal.ReadEntityAsync("ledger", Ledger.Key("e3"), Never);
        history.Select(e => e.Version).ShouldBe(Enumerable.Range(1, 12).Select(v => (long)v));
        history.ShouldAllBe(e => e.Entity == Ledger.Key("e3") && e.Kind == "ledger-entered");
        history.Select(e => e.Position).ShouldBeInOrder();
    }

    [Fact]
    public async Task WaitBeyond_CompletesWithTheNextCommit()
    {
        var engine = await StartAsync();
        var waiting = engine.Journal.WaitBeyondAsync(0, Never).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        await engine.Ledgers.HandleAsync(Ledger.Key("a"), Put("1"), Never);
        await waiting;
        engine.Journal.Head.ShouldBe(1);
    }

    [Fact]
    public async Task WaitBeyond_Cancelled_Throws()
    {
        var engine = await StartAsync();
        using var over = new CancellationTokenSource();
        var waiting = engine.Journal.WaitBeyondAsync(0, over.Token).AsTask();
        await over.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    private static async Task WriteSomeAsync(EngineUnderTest engine)
    {
        for (var i = 0; i < 4; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(e => engine.Ledgers.HandleAsync(
                Ledger.Key($"e{e}"), new LedgerCommand.PutMany(ImmutableArray.Create($"{i}a", $"{i}b", $"{i}c")), Never).AsTask()));
        }
    }

    private static async Task CheckWholeAsync(EngineUnderTest engine, int limit)
    {
        var all = new List<JournalledEvent>();
        while (await engine.Journal.ReadAsync(all.Count == 0 ? 0 : all[^1].Position, limit, Never) is { Count: > 0 } batch)
        {
            batch.Count.ShouldBeLessThanOrEqualTo(limit);
            all.AddRange(batch);
        }

        all.Select(e => e.Position).ShouldBe(Enumerable.Range(1, 120).Select(p => (long)p));
        foreach (var entity in all.GroupBy(e => e.Entity))
        {
            entity.Select(e => e.Version).ShouldBe(Enumerable.Range(1, 12).Select(v => (long)v));
            entity.Select(e => ((LedgerEvent.Entered)e.Event).Id)
                .ShouldBe(Enumerable.Range(0, 4).SelectMany(i => new[] { $"{i}a", $"{i}b", $"{i}c" }));
        }
    }
}
