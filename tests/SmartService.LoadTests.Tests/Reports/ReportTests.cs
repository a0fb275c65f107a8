using SmartService.Drill;
using SmartService.Drills.Measuring;
using SmartService.Drills.Reports;

namespace SmartService.LoadTests.Tests.Reports;

public sealed class ReportTests
{
    private static readonly Drills.Drill Drill = Some.SmallDrill("objectives: { ackP99Ms: 50, perSecond: 100 }");

    private static readonly DrillReport Good = new()
    {
        Name = "small", Question = "Does <it>?", Sent = 300, Acknowledged = 300, PerSecond = 150, AckP50Ms = 5, AckP99Ms = 40, CpuMicrosPerMessage = 200,
        WarmUpSeconds = 30, WarmUpPerSecond = 300,
        Driver = new() { SlipP99Ms = 0.4, WakeP99Ms = 0.3, CpuSeconds = 4, CpuMicrosPerMessage = 20, Phases = [new("running", 12, 4), new("reading back", 3, 1)] }, Server = new() { DataBytesPerMessage = 1_000, Cores = 2, Machine = "here" },
        Faults = [new("kill -9", 1, 0.5, 1_800)],
        Series = [new(0, 50, 150, 150, 0, 0, 3, 5, 40, 60, 80, 9, 1.2, 200), new(1, 50, 150, 0, 0, 0, 150, 0, 0, 0, 0, 0, null, null)],
    };

    /// <summary>From before reports told how the server was warmed.</summary>
    private static readonly DrillReport Old = Good with { WarmUpSeconds = null, WarmUpPerSecond = null };

    [Fact]
    public void AllMet_Passes()
    {
        var report = Verdict.Judge(Good, Drill, aborted: null);
        report.Verdict.ShouldBe("passed");
        report.Reasons.ShouldBeEmpty();
    }

    [Fact]
    public void ObjectiveNotMet_Fails_AndSaysWhich()
    {
        var report = Verdict.Judge(Good with { AckP99Ms = 51 }, Drill, aborted: null);
        report.Verdict.ShouldBe("failed");
        report.Reasons.ShouldHaveSingleItem().ShouldBe("Acknowledgements, p99: 51 ms, wanted at most 50 ms.");
    }

    [Fact]
    public void ObjectiveNotMeasured_IsNotMet() => Verdict.Judge(
        Good with { PushP99Ms = null }, Some.SmallDrill("objectives: { pushP99Ms: 100 }"), aborted: null).Verdict.ShouldBe("failed");

    [Fact]
    public void LateDriver_IsVoid_WhetherTheFiguresPleaseOrNot()
    {
        var late = Good with { Driver = new() { SlipP99Ms = 1.01 } };
        Verdict.Judge(late, Drill, aborted: null).Verdict.ShouldBe("void");
        Verdict.Judge(late with { AckP99Ms = 500 }, Drill, aborted: null).Verdict.ShouldBe("void");
        Verdict.Judge(Good with { Driver = new() { WakeP99Ms = 5.1 } }, Drill, aborted: null).Verdict.ShouldBe("void");
    }

    [Fact]
    public void LostMessage_Fails_HoweverLateTheDriver() =>
        Verdict.Judge(Good with { Lost = 1, Driver = new() { SlipP99Ms = 20 } }, Drill, aborted: null).Verdict.ShouldBe("failed");

    [Fact]
    public void ConversationsNotReadBack_Fail_HoweverLateTheDriver()
    {
        var report = Verdict.Judge(Good with { NotReadBack = 3, Driver = new() { SlipP99Ms = 20 } }, Drill, aborted: null);
        report.Verdict.ShouldBe("failed");
        report.Reasons.ShouldContain(r => r.StartsWith("Not read back: 3 conversations", StringComparison.Ordinal));
    }

    [Fact]
    public void Aborted_Fails() => Verdict.Judge(Good, Drill, "Aborted in second 3.").Verdict.ShouldBe("failed");

    [Fact]
    public void AbortRule_NeedsEverySecondOfItsTime()
    {
        var judge = new AbortJudge(new(50, 100, TimeSpan.FromSeconds(2)));
        var (slow, fast) = (Good.Series[0] with { P99Ms = 101 }, Good.Series[0]);
        judge.ShouldStop(slow).ShouldBeFalse();
        judge.ShouldStop(fast).ShouldBeFalse();
        judge.ShouldStop(slow).ShouldBeFalse();
        judge.ShouldStop(slow).ShouldBeTrue();
        judge.Reason!.ShouldContain("p99 was over 100 ms");
    }

    [Fact]
    public void Drift_BeyondItsLimit_Fails_AndSaysWhatGrew()
    {
        var grown = Good with { FirstTenth = new(1_200, 4, 100, 200, 1_000), LastTenth = new(1_200, 4, 100, 300, 1_000) };
        var report = Verdict.Judge(grown, Some.SmallDrill("objectives: { memoryDrift: 1.2, cpuDrift: 1.1 }"), aborted: null);
        report.Reasons.ShouldHaveSingleItem().ShouldBe("Server memory in the last tenth, against the first: 1.5 ×, wanted at most 1.2 ×.");
        HtmlReport.Write(report).ShouldContain("server memory, first / last tenth</span><b>200 / 300 MB");
    }

    [Fact]
    public void Page_OfHours_StaysSmall_AndKeepsEveryPeak()
    {
        const int Hours = 4, Peak = 7_777;
        var series = Enumerable.Range(0, Hours * 3_600).Select(i => Good.Series[0] with { Second = i, MaxMs = 1, Cores = i == Peak ? 2 : 1 }).ToList();
        var page = HtmlReport.Write(Good with { Series = series });
        page.Length.ShouldBeLessThan(500_000);
        var cores = page[page.IndexOf("<h2>Server CPU</h2>", StringComparison.Ordinal)..];
        var path = cores[(cores.IndexOf(" d=\"", StringComparison.Ordinal) + 4)..].Split('"')[0];
        var heights = path.Split('M', 'L').Where(p => p.Length > 0).Select(p => p.Split(' ')[1]).ToList();
        heights.Distinct().Count().ShouldBe(2);
        heights.GroupBy(h => h).ShouldContain(g => g.Count() == 1);
    }

    [Fact]
    public void Json_HasTheNamesOthersRelyOn_AndReadsBack()
    {
        var json = Verdict.Judge(Good, Drill, aborted: null).ToJson();
        foreach (var name in new[] { "sent", "acknowledged", "lost", "doubled", "reordered", "perSecond", "ackP50Ms", "ackP99Ms", "pushP99Ms", "cpuMicrosPerMessage", "verdict" })
        {
            json.ShouldContain($"\n  \"{name}\": ");
        }

        DrillReport.Read(json).AckP99Ms.ShouldBe(40);
    }

    [Fact]
    public void Page_AsksForNothingFromOutside_AndEscapes()
    {
        var html = HtmlReport.Write(Verdict.Judge(Good, Drill, aborted: null));
        foreach (var outside in new[] { "http:", "https:", "src=", "url(", "@import", "<script", "<link" })
        {
            html.ShouldNotContain(outside);
        }

        html.ShouldContain("Does &lt;it&gt;?");
        html.ShouldContain("kill -9");
        html.ShouldContain("<svg");
        html.ShouldContain("after 30 s at 300 consultations/s");
        html.ShouldContain("4.0 CPU s (20 µs a message)");
        html.ShouldContain("reading back<td class=\"n\">3.0 s");
        html.ShouldNotContain("NaN");
        html.ShouldNotContain("Infinity");
    }

    [Fact]
    public void Page_OfNoiseAndOverload_HasBothSidesOfTheirRatios()
    {
        var html = HtmlReport.Write(Good with { QuietP99BeforeMs = 4, QuietP99DuringMs = 6, PeakPerSecond = 5_000, GoodputPerSecond = 4_500, RefusalP50Ms = 1, RefusalP99Ms = 8 });
        html.ShouldContain("4 ms / 6 ms");
        html.ShouldContain("5,000 / 4,500");
        html.ShouldContain("1 ms / 8 ms");
    }

    [Fact]
    public void Page_OfARunWithoutASecond_IsStillAPage() => HtmlReport.Write(Good with { Series = [], Faults = [] }).ShouldNotContain("NaN");

    [Fact]
    public void Page_OfAnOldReport_SaysNothingOfItsWarmUp() => HtmlReport.Write(Old).ShouldContain("0 s measured · scale");

    [Fact]
    public void Compare_Slower_IsWorse_NoiseIsNot()
    {
        Comparison.Of(Good, Good with { AckP99Ms = 60 }, 10).IsWorse.ShouldBeTrue();
        Comparison.Of(Good, Good with { AckP99Ms = 43 }, 10).IsWorse.ShouldBeFalse();
        Comparison.Of(Good, Good with { PerSecond = 100 }, 10).IsWorse.ShouldBeTrue("fewer per second is worse");
        Comparison.Of(Good, Good with { Lost = 1 }, 10_000).IsWorse.ShouldBeTrue("a lost message is no noise");
        Comparison.Of(Good, Good with { WarmUpPerSecond = 10 }, 10).Warnings.ShouldHaveSingleItem().ShouldContain("warmed");
        Comparison.Of(Good, Good with { WarmUpSeconds = 0 }, 10).Warnings.ShouldHaveSingleItem().ShouldContain("warmed differently");
        Comparison.Of(Good, Old, 10).Warnings.ShouldHaveSingleItem().ShouldContain("Only one");
        Comparison.Of(Old, Good, 10).Warnings.ShouldHaveSingleItem().ShouldContain("Only one");
        Comparison.Of(Old, Old, 10).Warnings.ShouldBeEmpty();
        Comparison.Of(Good, Good with { Scale = 0.5 }, 10).Warnings.ShouldHaveSingleItem().ShouldContain("scales");
    }

    [Fact]
    public void Capacity_IsTheMeasuredCost_TimesTheLoad_WithRoomLeft()
    {
        var capacity = Capacity.Of(Good, conversationsPerSecond: 1_000, turns: 3, minutes: 5, headroom: 0.5);
        capacity.Cores.ShouldBe(3_000 * 200e-6 / 0.5, 1e-9);
        capacity.DataGigabytesPerHour.ShouldBe(10.8, 1e-9);
        Should.Throw<ArgumentException>(() => Capacity.Of(Good with { CpuMicrosPerMessage = null }, 1, 1, 1, 0));
    }
}
