using SmartService.Drill.Driving;
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
