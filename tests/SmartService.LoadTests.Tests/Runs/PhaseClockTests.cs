using SmartService.Drill.Driving;

namespace SmartService.LoadTests.Tests.Runs;

public sealed class PhaseClockTests
{
    [Fact]
    public void Phases_AreAddedUp_InTheOrderTheyFirstCame()
    {
        var clock = new PhaseClock();
        clock.Begin(PhaseClock.Running);
        clock.Begin(PhaseClock.Running);
        clock.Begin(PhaseClock.ReadingBack);
        clock.Begin(PhaseClock.Draining);
        clock.Begin(PhaseClock.ReadingBack);
        var phases = clock.Stop();
        phases.Select(p => p.Phase).ShouldBe([PhaseClock.Preparing, PhaseClock.Running, PhaseClock.ReadingBack, PhaseClock.Draining]);
        phases.ShouldAllBe(p => p.Seconds >= 0 && p.CpuSeconds >= 0);
    }

    [Fact]
    public void WorkIsChargedToItsPhase()
    {
        var clock = new PhaseClock();
        clock.Begin(PhaseClock.Running);
        var before = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - before < TimeSpan.FromMilliseconds(50))
        {
            Thread.SpinWait(1_000);
        }

        clock.Begin(PhaseClock.ReadingBack);
        clock.Stop().Single(p => p.Phase == PhaseClock.Running).CpuSeconds.ShouldBeGreaterThanOrEqualTo(0.05);
    }
}
