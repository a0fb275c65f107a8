using System.Diagnostics;
using Shouldly;
using SmartService.Engine.Embedded.Journal;
using Xunit;

namespace SmartService.Engine.Embedded.Tests;

public sealed class FlushDelayTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), "flush-delay-" + Guid.NewGuid().ToString("N"));
    private readonly HandClock _clock = new();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Setting_MakesEveryCommitLonger()
    {
        using var delay = new FlushDelay(new() { FlushDelay = TimeSpan.FromMilliseconds(60) }, _clock);
        Taken(delay).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(55));
    }

    [Fact]
    public void File_IsReadAnew_WhileTheServerRuns()
    {
        using var delay = new FlushDelay(new() { FlushDelayFile = _file }, _clock);
        Should.NotThrow(delay.Wait);
        File.WriteAllText(_file, "60");
        _clock.Now += TimeSpan.FromMilliseconds(101).Ticks;
        Taken(delay).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(55));
    }

    [Fact]
    public void File_ThatHoldsRubbish_DelaysNothing()
    {
        File.WriteAllText(_file, "soon");
        using var delay = new FlushDelay(new() { FlushDelayFile = _file }, _clock);
        Should.NotThrow(delay.Wait);
    }

    private static TimeSpan Taken(FlushDelay delay)
    {
        var clock = Stopwatch.StartNew();
        delay.Wait();
        return clock.Elapsed;
    }

    private sealed class HandClock : TimeProvider
    {
        public long Now { get; set; } = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
