using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using SmartService.Engine.Contract.Ledgers;
using SmartService.Engine.Following;
using Xunit;

namespace SmartService.Engine.Contract;

/// <summary>What every engine promises to followers of the journal.</summary>
public abstract class FollowerContract(IEngineStore store) : EngineContract(store)
{
    [Fact]
    public async Task Follower_GetsAllInOrder_AndGoesOnAfterRestart()
    {
        var seen = new RecordingFollower();
        var settings = new EngineSettings { Services = s => s.AddSingleton<IJournalFollower>(seen) };
        var first = await StartAsync(settings);
        await WriteAsync(first, "first", 50);
        await seen.SawAsync(50);
        await StopAsync(first);

        var second = await StartAsync(settings);
        await WriteAsync(second, "second", 50);
        await seen.SawAsync(100);

        // At least once: after a stop the last batch may come again, never one before its checkpoint.
        seen.Positions.Distinct().ShouldBe(Enumerable.Range(1, 100).Select(p => (long)p));
    }

    [Fact]
    public async Task Follower_ReadsTheEntityOfAnEvent_FindsTheEventInIt()
    {
        var reading = new ReadingFollower();
        var engine = await StartAsync(new() { Services = s => s.AddSingleton<IJournalFollower>(reading) });
        reading.Engine.SetResult(engine);
        for (var i = 0; i < 500; i++)
        {
            await engine.Ledgers.HandleAsync(Ledger.Key("read"), Put($"{i}"), Never);
        }

        await reading.Done(500);
        reading.Missed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Follower_ThatIgnoresATypeOfEvents_IsGivenTheOthersAndComesToTheEnd()
    {
        var follower = new RecordingFollower { Ignored = typeof(LedgerEvent.Counted) };
        var engine = await StartAsync(new() { Services = s => s.AddSingleton<IJournalFollower>(follower).Configure<FollowerOptions>(o => o.BatchSize = 2) });
        for (var i = 0; i < 12; i++)
        {
            await engine.Ledgers.HandleAsync(Ledger.Key("mixed"), i % 6 == 5 ? Put($"p{i}") : new LedgerCommand.Count($"c{i}"), Never);
        }

        await follower.SawAsync(2);
        follower.Positions.ShouldBe([6, 12]);
    }

    [Fact]
    public async Task Follower_Throws_IsTriedAgainAndOthersGoOn()
    {
        var (sick, well) = (new RecordingFollower("sick") { FailTimes = 3 }, new RecordingFollower("well"));
        var engine = await StartAsync(new()
        {
            Services = s => s.AddSingleton<IJournalFollower>(sick).AddSingleton<IJournalFollower>(well)
                .Configure<FollowerOptions>(o => o.FirstPause = o.LongestPause = TimeSpan.FromMilliseconds(1)),
        });
        await WriteAsync(engine, "a", 10);
        await well.SawAsync(10);
        await sick.SawAsync(10);
        sick.Positions.ShouldBe(Enumerable.Range(1, 10).Select(p => (long)p));
        sick.FailTimes.ShouldBe(0);
    }

    [Fact]
    public async Task Journal_HandledByAll_IsReadWholeAllTheSame()
    {
        var seen = new RecordingFollower();
        var engine = await StartAsync(new() { Services = s => s.AddSingleton<IJournalFollower>(seen) });
        await WriteAsync(engine, "a", 20);
        await seen.SawAsync(20);
        await WriteAsync(engine, "b", 20);
        foreach (var after in new[] { 0, 10, 20, 30 })
        {
            (await engine.Journal.ReadAsync(after, 100, Never)).Select(e => e.Position).ShouldBe(Enumerable.Range(after + 1, 40 - after).Select(p => (long)p));
        }
    }

    [Fact]
    public async Task Follower_KeepsFailing_IsShownWithItsFault()
    {
        var sick = new RecordingFollower("sick") { FailTimes = int.MaxValue };
        var engine = await StartAsync(new()
        {
            Services = s => s.AddSingleton<IJournalFollower>(sick)
                .Configure<FollowerOptions>(o => o.FirstPause = o.LongestPause = TimeSpan.FromMilliseconds(1)),
        });
        await WriteAsync(engine, "a", 3);
        await sick.FailedAsync(2);
        var status = engine.Get<FollowerRunner>().Statuses.ShouldHaveSingleItem();
        status.Name.ShouldBe("sick");
        status.Lag.ShouldBe(3);
        status.Fault.ShouldNotBeNull().ShouldContain("sick today");
    }

    [Fact]
    public async Task Checkpoint_NeverSaved_IsZero_AndSavedOneIsKept()
    {
        var first = await StartAsync();
        (await first.Checkpoints.LoadAsync("x", Never)).ShouldBe(0);
        await first.Checkpoints.SaveAsync("x", 42, Never);
        await StopAsync(first);
        (await (await StartAsync()).Checkpoints.LoadAsync("x", Never)).ShouldBe(42);
    }

    private static async Task WriteAsync(EngineUnderTest engine, string entity, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await engine.Ledgers.HandleAsync(Ledger.Key(entity), Put($"{i}"), Never);
        }
    }

    /// <summary>Reads the entity of every event, as the product's own followers do.</summary>
    private sealed class ReadingFollower : IJournalFollower
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _seen;
        private int _wanted = int.MaxValue;

        public string Name => "reading";

        public TaskCompletionSource<EngineUnderTest> Engine { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Missed { get; } = new();

        public async ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
        {
            var engine = await Engine.Task;
            foreach (var e in events)
            {
                var id = ((LedgerEvent.Entered)e.Event).Id;
                if (!(await engine.Ledgers.ReadAsync(e.Entity, ct)).Ids.Contains(id))
                {
                    Missed.Enqueue(id);
                }
            }

            if (Interlocked.Add(ref _seen, events.Count) >= Volatile.Read(ref _wanted))
            {
                _done.TrySetResult();
            }
        }

        public Task Done(int wanted)
        {
            Volatile.Write(ref _wanted, wanted);
            if (Volatile.Read(ref _seen) >= wanted)
            {
                _done.TrySetResult();
            }

            return _done.Task;
        }
    }

    private sealed class RecordingFollower(string name = "recording") : IJournalFollower
    {
        private readonly ConcurrentQueue<long> _positions = new();
        private readonly Channel<int> _changed = Channel.CreateUnbounded<int>();
        private int _failed;

        public string Name => name;

        public int FailTimes { get; set; }

        public Type? Ignored { get; init; }

        public IReadOnlyList<long> Positions => [.. _positions];

        public bool Ignores(Type e) => e == Ignored;

        public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
        {
            if (FailTimes > 0)
            {
                FailTimes--;
                _failed++;
                _changed.Writer.TryWrite(0);
                throw new InvalidOperationException("I am sick today.");
            }

            foreach (var e in events)
            {
                _positions.Enqueue(e.Position);
            }

            _changed.Writer.TryWrite(0);
            return default;
        }

        public async Task SawAsync(int distinct)
        {
            while (_positions.Distinct().Count() < distinct)
            {
                await _changed.Reader.ReadAsync(Never);
            }
        }

        /// <summary>Failed this often, and the failure before the last is on the status.</summary>
        public async Task FailedAsync(int times)
        {
            while (_failed < times)
            {
                await _changed.Reader.ReadAsync(Never);
            }
        }
    }
}
