using SmartService.Drill.Driving;
using SmartService.Drill.Servers;
using SmartService.Drills.Reports;
using SmartService.Drills.Shoppers;

namespace SmartService.LoadTests.Tests.Runs;

public sealed class MeterTests
{
    [Fact]
    public void QuietRatio_IsOfTheOthers_BeforeAndDuringTheNoise()
    {
        var report = Report(1_000);
        (report.QuietMessagesBefore, report.QuietMessagesDuring).ShouldBe((1_000, 1_000));
        (report.QuietP99BeforeMs, report.QuietP99DuringMs).ShouldBe((4, 6));
        report.QuietP99Ratio.ShouldBe(1.5);
    }

    [Fact]
    public void QuietRatio_OfFewerThanAThousand_IsNoP99_AndIsNotMeasured()
    {
        var report = Report(999);
        (report.QuietP99BeforeMs, report.QuietP99DuringMs).ShouldBe((4, 6));
        report.QuietP99Ratio.ShouldBeNull();
    }

    [Fact]
    public void Drift_IsOfTheLastTenthAgainstTheFirst()
    {
        var report = Soak(lastPerSecond: 600);
        var (first, last) = (report.FirstTenth.ShouldNotBeNull(), report.LastTenth.ShouldNotBeNull());
        (first.Messages, last.Messages, first.AckP99Ms, last.AckP99Ms).ShouldBe((1_200, 1_200, 4, 6));
        (first.ResidentMegabytes, last.ResidentMegabytes).ShouldBe((200, 300));
        last.CpuMicrosPerMessage!.Value.ShouldBe(2 * first.CpuMicrosPerMessage!.Value, 1e-6);
        first.DataBytesPerMessage!.Value.ShouldBe(1_000, 1e-6);
        string[] drifts = ["ackP99Drift", "cpuDrift", "memoryDrift", "dataDrift"];
        drifts.Select(d => Math.Round(Measure.All[d].Of(report)!.Value, 6)).ShouldBe([1.5, 2, 1.5, 1]);
    }

    [Fact]
    public void Drift_OfAnotherLoad_SaysNothing_AndIsNotMeasured()
    {
        var report = Soak(lastPerSecond: 800);
        report.LastTenth!.ResidentMegabytes.ShouldBe(300);
        Measure.Drifts.ShouldAllBe(d => Measure.All[d].Of(report) == null);
    }

    [Fact]
    public void Drift_OfFewMessages_IsNotMeasured() =>
        Measure.All["ackP99Drift"].Of(Soak(perSecond: 499, lastPerSecond: 499)).ShouldBeNull();

    [Fact]
    public void Drift_IsNotLookedAt_WhereNobodyAsks() => Soak(perSecond: 600, lastPerSecond: 600, asks: "ackP99Ms: 50").FirstTenth.ShouldBeNull();

    /// <summary>Twenty seconds: the last two are slower, dearer and with half as much memory again.</summary>
    private static DrillReport Soak(int perSecond = 600, int lastPerSecond = 600, string asks = "memoryDrift: 1.2")
    {
        const int Seconds = 20, Last = 18;
        var meter = new Meter(Some.Drill($$"""
            name: small
            question: Does it?
            curve: [{ shape: constant, rate: 50, for: {{Seconds}}s }]
            objectives: { {{asks}} }
            """));
        meter.Turn(-1, new(0, 200_000_000, 0));
        var (cpu, sent) = (0.0, 0L);
        for (var second = 0; second < Seconds; second++)
        {
            var now = second < Last ? perSecond : lastPerSecond;
            for (var i = 0; i < now; i++)
            {
                var step = new Step(second * TimeSpan.TicksPerSecond, 0, StepKind.Ask, 0);
                meter.Sent(step);
                meter.Answered(step, TimeSpan.FromMilliseconds(second < Last ? 4 : 6), isNoisy: false);
            }

            (cpu, sent) = (cpu + (now * (second < Last ? 100e-6 : 200e-6)), sent + now);
            meter.Turn(second, new(cpu, second < Last ? 200_000_000 : 300_000_000, sent * 1_000));
        }

        return meter.Report();
    }

    private static DrillReport Report(int messages)
    {
        var meter = new Meter(Some.SmallDrill("noise: { times: 9, from: 1s, for: 1s }"));
        for (var i = 0; i < messages; i++)
        {
            Answer(second: 0.5, milliseconds: 4, isNoisy: false);
            Answer(second: 1.5, milliseconds: 6, isNoisy: false);
            Answer(second: 1.5, milliseconds: 100, isNoisy: true);
        }

        return meter.Report();

        void Answer(double second, double milliseconds, bool isNoisy)
        {
            var step = new Step((long)(second * TimeSpan.TicksPerSecond), 0, StepKind.Ask, 0);
            meter.Sent(step);
            meter.Answered(step, TimeSpan.FromMilliseconds(milliseconds), isNoisy);
        }
    }
}
