using System.Text;
using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Feeds;
using Xunit;

namespace SmartService.Engine.Contract;

/// <summary>What every engine promises about feeds.</summary>
public abstract class FeedContract(IEngineStore store) : EngineContract(store)
{
    private static readonly FeedKey Ada = new(new("t1"), new("ada"));
    private static readonly FeedKey Staff = new(new("t1"), null);

    [Fact]
    public async Task Subscribe_FromZero_GivesHistoryThenLive()
    {
        var engine = await StartAsync();
        await engine.Ledgers.HandleAsync(Ledger.Key("a"), Put("1", 1, "ada"), Never);
        await using var frames = engine.Feeds.SubscribeAsync(Ada, 0, Never).GetAsyncEnumerator();
        (await NextIdAsync(frames)).ShouldBe("1");
        var next = NextIdAsync(frames);
        await engine.Ledgers.HandleAsync(Ledger.Key("a"), Put("2"), Never);
        (await next).ShouldBe("2");
    }

    [Fact]
    public async Task Subscribe_FromNow_GivesOnlyWhatComes()
    {
        var engine = await StartAsync();
        await engine.Ledgers.HandleAsync(Ledger.Key("a"), Put("old", 1, "ada"), Never);
        await using var frames = engine.Feeds.SubscribeAsync(Ada, -1, Never).GetAsyncEnumerator();
        var next = NextIdAsync(frames);
        await engine.Ledgers.HandleAsync(Ledger.Key("a"), Put("new"), Never);
        (await next).ShouldBe("new");
    }

    [Fact]
    public async Task Subscribe_Customer_GetsOnlyItsOwnFromAllEntities()
    {
        var engine = await StartAsync();
        await engine.Ledgers.HandleAsync(Ledger.Key("a"), Put("a1", 1, "ada"), Never);
        await engine.Ledgers.HandleAsync(Ledger.Key("b"), Put("b1", 1, "bob"), Never);
        await engine.Ledgers.HandleAsync(Ledger.Key("a"), new LedgerCommand.Count("staff only"), Never);
        await engine.Ledgers.HandleAsync(Ledger.Key("other", "t2"), Put("other tenant", 1, "ada"), Never);
        await engine.Ledgers.HandleAsync(Ledger.Key("c"), Put("c1", 1, "ada"), Never);
        await engine.Ledgers.HandleAsync(Ledger.Key("a"), Put("end"), Never);
        (await TakeUntilAsync(engine, Ada, 0, "end")).ShouldBe(["a1", "c1", "end"]);
        (await TakeUntilAsync(engine, Staff, 0, "end")).ShouldBe(["a1", "b1", "staff only", "c1", "end"]);
    }

    [Fact]
    public async Task Subscribe_WhileWriting_ResumesWithEveryFrameOnceInOrder()
    {
        var engine = await StartAsync(new() { FeedBuffer = 8 });
        const int Writers = 4;
        const int Each = 400;
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            foreach (var chunk in Enumerable.Range(0, Each).Chunk(16))
            {
                await Task.WhenAll(chunk.Select(i => engine.Ledgers.HandleAsync(Ledger.Key($"w{w}"), Put($"{w}-{i}", 1, "ada"), Never).AsTask()));
            }
        })));
        var readers = Enumerable.Range(0, 6).Select(r => Task.Run(() => ReadWithBreaksAsync(engine, r % 2 == 0 ? Ada : Staff, Writers * Each, r))).ToList();
        await writing;
        foreach (var seen in await Task.WhenAll(readers))
        {
            seen.Select(f => f.Position).ShouldBe(Enumerable.Range(1, Writers * Each).Select(p => (long)p));
        }
    }

    [Fact]
    public async Task Subscribe_SlowReader_GetsEverythingFromTheJournal()
    {
        var engine = await StartAsync(new() { FeedBuffer = 4 });
        await using var frames = engine.Feeds.SubscribeAsync(Ada, 0, Never).GetAsyncEnumerator();
        var first = NextIdAsync(frames);
        for (var i = 0; i < 200; i++)
        {
            await engine.Ledgers.HandleAsync(Ledger.Key("a"), Put($"{i}", 1, "ada"), Never);
        }

        (await first).ShouldBe("0");
        for (var i = 1; i < 200; i++)
        {
            (await NextIdAsync(frames)).ShouldBe($"{i}");
        }
    }

    [Fact]
    public async Task Subscribe_AfterRestart_ResumesWhereItWas()
    {
        var first = await StartAsync();
        foreach (var i in Enumerable.Range(0, 10))
        {
            await first.Ledgers.HandleAsync(Ledger.Key($"e{i % 3}"), Put($"{i}", 1, "ada"), Never);
        }

        await StopAsync(first);
        var second = await StartAsync();
        await second.Ledgers.HandleAsync(Ledger.Key("e0"), Put("end"), Never);
        (await TakeUntilAsync(second, Ada, 6, "end")).ShouldBe(["6", "7", "8", "9", "end"]);
    }

    [Fact]
    public async Task Signal_ReachesListenersAndIsNotKept()
    {
        var engine = await StartAsync();
        engine.Feeds.HasListeners(Ada).ShouldBeFalse();
        engine.Feeds.Signal(Ada, "typing", "{}"u8.ToArray()); // Nobody hears it.
        using var over = new CancellationTokenSource();
        await using (var frames = engine.Feeds.SubscribeAsync(Ada, 0, over.Token).GetAsyncEnumerator())
        {
            var next = frames.MoveNextAsync().AsTask();
            engine.Feeds.HasListeners(Ada).ShouldBeTrue();
            engine.Feeds.Signal(Ada, "typing", Encoding.UTF8.GetBytes("""{"by":"agent"}"""));
            (await next).ShouldBeTrue();
            frames.Current.Position.ShouldBe(0);
            frames.Current.Kind.ShouldBe("typing");
            Encoding.UTF8.GetString(frames.Current.Json.Span).ShouldBe("""{"by":"agent"}""");
            var cancelled = frames.MoveNextAsync().AsTask();
            await over.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(cancelled);
        }

        engine.Feeds.HasListeners(Ada).ShouldBeFalse();
    }

    private static string IdOf(FeedFrame frame) => frame.Event switch
    {
        LedgerEvent.Entered e => e.Id,
        LedgerEvent.Counted e => e.Id,
        var other => throw new InvalidOperationException($"{other}"),
    };

    private static async Task<string> NextIdAsync(IAsyncEnumerator<FeedFrame> frames) =>
        await frames.MoveNextAsync() ? IdOf(frames.Current) : throw new InvalidOperationException("The feed ended.");

    private static async Task<List<string>> TakeUntilAsync(EngineUnderTest engine, FeedKey feed, long after, string last)
    {
        var ids = new List<string>();
        await foreach (var frame in engine.Feeds.SubscribeAsync(feed, after, Never))
        {
            ids.Add(IdOf(frame));
            if (ids[^1] == last)
            {
                break;
            }
        }

        return ids;
    }

    private static async Task<List<FeedFrame>> ReadWithBreaksAsync(EngineUnderTest engine, FeedKey feed, int count, int seed)
    {
        var random = new Random(seed);
        var seen = new List<FeedFrame>();
        while (seen.Count < count)
        {
            var breakAfter = random.Next(1, 200);
            await foreach (var frame in engine.Feeds.SubscribeAsync(feed, seen.Count == 0 ? 0 : seen[^1].Position, Never))
            {
                seen.Add(frame);
                if (seen.Count == count || --breakAfter == 0)
                {
                    break;
                }
            }
        }

        return seen;
    }
}
