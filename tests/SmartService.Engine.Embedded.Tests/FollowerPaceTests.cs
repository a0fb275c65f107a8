using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using SmartService.Domain;
using SmartService.Engine.Contract;
using SmartService.Engine.Following;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

/// <summary>When a follower of large batches begins its next one.</summary>
public sealed class FollowerPaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualClock _clock = new(Start);
    private readonly GrowingJournal _journal = new();

    [Theory]
    [InlineData(1, 50)]
    [InlineData(20, 200)]
    [InlineData(400, 500)]
    public async Task NextBatch_BeginsTheLaterTheLongerTheLastOneTook(int took, int next) => await BeginsAfterAsync(took, next, batchSize: 10);

    [Fact]
    public async Task NextBatch_OfOneThatHasFallenBehind_WaitsForThePaceOnly() => await BeginsAfterAsync(took: 40, next: 50, batchSize: 1);

    [Fact]
    public async Task Journal_IsTold_WhereTheSlowestStands_AndNotOfOneThatCannot()
    {
        var (ahead, behind) = (new SlowFollower(_clock, TimeSpan.Zero) { Name = "ahead", TakesLargeBatches = false }, new HeldFollower());
        var options = new FollowerOptions { MachineTime = _clock, CheckpointEvery = TimeSpan.FromMinutes(1) };
        using var runner = new FollowerRunner(_journal, new NoCheckpoints(), [ahead, behind], Options.Create(options), _clock, NullLogger<FollowerRunner>.Instance);
        await runner.StartAsync(CancellationToken.None);
        _journal.Grow();
        await ahead.HandledAsync(1);
        await _journal.ToldAsync(0);
        behind.Go.SetResult();
        await _journal.ToldAsync(1);

        behind.Fails = true;
        _journal.Grow();
        await behind.FailedAsync();
        await ahead.HandledAsync(2);
        _journal.Grow();
        await _journal.ToldAsync(3);
        await runner.StopAsync(CancellationToken.None);
    }

    private async Task BeginsAfterAsync(int took, int next, int batchSize)
    {
        var follower = new SlowFollower(_clock, TimeSpan.FromMilliseconds(took));
        var options = new FollowerOptions { MachineTime = _clock, LargeBatchSize = batchSize, CheckpointEvery = TimeSpan.FromMinutes(1) };
        using var runner = new FollowerRunner(_journal, new NoCheckpoints(), [follower], Options.Create(options), _clock, NullLogger<FollowerRunner>.Instance);
        await runner.StartAsync(CancellationToken.None);
        _journal.Grow();
        await follower.HandledAsync(1);
        _journal.Grow();
        await _clock.TimerSetForAsync(Start + TimeSpan.FromMilliseconds(next));
        follower.Batches.ShouldBe(1);
        _clock.Advance(Start + TimeSpan.FromMilliseconds(next) - _clock.GetUtcNow());
        await follower.HandledAsync(2);
        await runner.StopAsync(CancellationToken.None);
    }

    private sealed class SlowFollower(ManualClock clock, TimeSpan takes) : IJournalFollower
    {
        private readonly Channel<int> _handled = Channel.CreateUnbounded<int>();
        private int _batches;

        public string Name { get; init; } = "slow";

        public bool TakesLargeBatches { get; init; } = true;

        public int Batches => Volatile.Read(ref _batches);

        public ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
        {
            clock.Advance(takes);
            _handled.Writer.TryWrite(Interlocked.Increment(ref _batches));
            return ValueTask.CompletedTask;
        }

        public async Task HandledAsync(int batches)
        {
            while (await _handled.Reader.ReadAsync() < batches)
            {
            }
        }
    }

    /// <summary>Handles nothing until it may; then fails when told to.</summary>
    private sealed class HeldFollower : IJournalFollower
    {
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "held";

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Fails { get; set; }

        public async ValueTask HandleAsync(IReadOnlyList<JournalledEvent> events, CancellationToken ct)
        {
            await Go.Task;
            if (Fails)
            {
                _failed.TrySetResult();
                throw new InvalidOperationException("I am sick today.");
            }
        }

        public Task FailedAsync() => _failed.Task;
    }

    private sealed class GrowingJournal : IJournalReader
    {
        private readonly Lock _gate = new();
        private readonly Channel<long> _told = Channel.CreateUnbounded<long>();
        private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _head;

        public long Head => Interlocked.Read(ref _head);

        public void Handled(long upTo) => _told.Writer.TryWrite(upTo);

        /// <summary>Waits until it is told of a position; it is told of none beyond it before.</summary>
        public async Task ToldAsync(long position)
        {
            long told;
            while ((told = await _told.Reader.ReadAsync()) != position)
            {
                told.ShouldBeLessThan(position);
            }
        }

        public void Grow()
        {
            lock (_gate)
            {
                _head++;
                _grown.SetResult();
                _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public ValueTask<IReadOnlyList<JournalledEvent>> ReadAsync(long after, int limit, CancellationToken ct) => new(
            [.. Enumerable.Range(0, (int)Math.Min(limit, Head - after)).Select(i => new JournalledEvent(after + 1 + i, "ledger", new(new("shop"), "one"), after + 1 + i, "put", this, Start))]);

        public ValueTask<IReadOnlyList<JournalledEvent>> ReadEntityAsync(string region, EntityKey key, CancellationToken ct) => throw new NotSupportedException();

        public async ValueTask WaitBeyondAsync(long position, CancellationToken ct)
        {
            while (true)
            {
                Task grown;
                lock (_gate)
                {
                    if (_head > position)
                    {
                        return;
                    }

                    grown = _grown.Task;
                }

                await grown.WaitAsync(ct);
            }
        }
    }

    private sealed class NoCheckpoints : ICheckpoints
    {
        public ValueTask<long> LoadAsync(string follower, CancellationToken ct) => new(0L);

        public ValueTask SaveAsync(string follower, long position, CancellationToken ct) => default;
    }
}
