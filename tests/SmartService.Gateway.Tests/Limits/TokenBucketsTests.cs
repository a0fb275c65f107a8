using SmartService.Gateway.Limits;

namespace SmartService.Gateway.Tests.Limits;

public class TokenBucketsTests
{
    private readonly StoppedClock _clock = new();

    [Fact]
    public void Take_BurstSpent_SaysHowLongToWait()
    {
        var buckets = new TokenBuckets(64, _clock);
        for (var i = 0; i < 3; i++)
        {
            buckets.Take("ada", perSecond: 0.5, burst: 3).ShouldBe(TimeSpan.Zero);
        }

        buckets.Take("ada", 0.5, 3).TotalSeconds.ShouldBe(2, 0.01);
        buckets.Take("bob", 0.5, 3).ShouldBe(TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromSeconds(2.1));
        buckets.Take("ada", 0.5, 3).ShouldBe(TimeSpan.Zero);
        buckets.Take("ada", 0.5, 3).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void Take_RateZero_IsOff()
    {
        var buckets = new TokenBuckets(64, _clock);
        Enumerable.Range(0, 1000).ShouldAllBe(_ => buckets.Take("ada", 0, 1) == TimeSpan.Zero);
    }

    [Fact]
    public void Take_CrowdOfOtherNames_DoesNotFreeASpentCaller()
    {
        var buckets = new TokenBuckets(8, _clock);
        for (var i = 0; i < 10; i++)
        {
            buckets.Take("ada", 0.001, 10);
        }

        for (var i = 0; i < 1000; i++)
        {
            buckets.Take($"crowd-{i}", 0.001, 10);
        }

        buckets.Take("ada", 0.001, 10).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    private sealed class StoppedClock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }

    [Fact]
    public void Spend_OfAnotherGateway_IsMissingHere_ByOneBurstBelowEmptyAtMost()
    {
        var buckets = new TokenBuckets(64, _clock);
        buckets.Take("ada", 1, 10).ShouldBe(TimeSpan.Zero);
        buckets.Spend("ada", 1, 10, 9);
        buckets.Take("ada", 1, 10).ShouldBeGreaterThan(TimeSpan.Zero);
        buckets.Spend("ada", 1, 10, 1_000);
        buckets.Take("ada", 1, 10).TotalSeconds.ShouldBe(11, 0.01);
        buckets.Take("eve", 1, 10).ShouldBe(TimeSpan.Zero);
    }
}
