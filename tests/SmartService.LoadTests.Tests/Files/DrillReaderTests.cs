using SmartService.Drill.Commands;
using SmartService.Drills;
using SmartService.Drills.Files;

namespace SmartService.LoadTests.Tests.Files;

public sealed class DrillReaderTests
{
    private const string Good = """
        name: good
        question: Is it?
        curve:
          - { shape: spike, base: 10, times: 10, before: 5s, rise: 10s, hold: 20s, fall: 5s, after: 5s }
        objectives: { ackP99Ms: 50, lost: 0 }
        faults:
          - { fault: slow-disk, at: 20s, for: 5s, delay: 50ms }
          - { fault: kill, at: 10s }
        """;

    public static TheoryData<string> Shipped => [.. Places.Shipped()];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void ShippedDrill_Reads_UnderItsFilesName(string name) => DrillReader.Read(Places.Find(name)).Name.ShouldBe(name);

    [Fact]
    public void EveryDrillThatWasPromised_IsShipped() => Places.Shipped().ShouldBe(
        ["smoke", "load", "ramp-to-break", "spike", "soak", "noisy-merchant", "reconnect-storm", "kill-in-the-spike", "slow-disk-in-the-spike", "jd-618-2022",
            "singles-day-2019", "last-year-150", "overload", "cluster-fault"],
        ignoreOrder: true);

    [Fact]
    public void Jd618_IsTwoPointThreeFourMillionConsultations_OfThreeTurns_InTenMinutes()
    {
        var drill = DrillReader.Read(Places.Find("jd-618-2022"));
        (drill.Curve.Expected, drill.Shoppers.Turns, drill.Curve.Duration).ShouldBe((2_340_000, 3, TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void GoodFile_IsRead_FaultsInTheOrderOfTime()
    {
        var drill = DrillReader.Parse(Good, "good.yaml");
        drill.Curve.Peak.ShouldBe(100);
        drill.Curve.Duration.ShouldBe(TimeSpan.FromSeconds(45));
        drill.Faults.Select(f => f.Kind).ShouldBe([FaultKind.Kill, FaultKind.SlowDisk]);
        drill.Objectives.Select(o => o.Measure.Name).ShouldBe(["ackP99Ms", "lost", "doubled", "reordered"], "the last three hold in every drill");
    }

    [Fact]
    public void Standby_IsThereWhereTheFileSaysSo()
    {
        DrillReader.Parse(Good, "good.yaml").Standby.ShouldBeFalse();
        DrillReader.Parse(Good + "\nstandby: true", "good.yaml").Standby.ShouldBeTrue();
    }

    [Theory]
    [InlineData("name: good", "name: good\nstandby: perhaps", "good.yaml:2: standby must be one of true, false.")]
    [InlineData("rise: 10s", "rise: soon", "good.yaml:4: curve[0].rise must be a time from 1ms to 24h, such as 10s.")]
    [InlineData("base: 10", "bass: 10", "good.yaml:4: curve[0].base is missing: write a number such as 20.")]
    [InlineData("base: 10", "bass: 10", "good.yaml:4: curve[0].bass is not known; did you mean base?.")]
    [InlineData("shape: spike", "shape: cliff", "good.yaml:4: curve[0].shape must be one of constant, ramp, steps, spike, replay.")]
    [InlineData("ackP99Ms: 50", "ackP99: 50", "good.yaml:5: objectives.ackP99 is not known; did you mean ackP99Ms?.")]
    [InlineData("question: Is it?", "", "good.yaml:1: question is missing: write a text.")]
    [InlineData("delay: 50ms", "delay: 1h", "good.yaml:7: faults[0].delay must be a time from 1ms to 10s, such as 50ms.")]
    [InlineData("at: 10s", "at: 50s", "good.yaml:7: faults has one at 50s that ends after the curve (45s); move it forward.")]
    [InlineData("name: good", "name: good\nmostMessages: 10", "good.yaml:5: curve plans 8775 messages, more than mostMessages (10); raise that or lower the curve.")]
    [InlineData("name: good", "name: good\nsettings: { Port: 1 }", "good.yaml:2: settings.Port is no setting of the server; write its full path, such as SmartService:Engine:FlushDelay.")]
    [InlineData("name: good", "name: good\ndata: { languages: { en: 0.5 } }", "good.yaml:2: data.languages must add up to 1, such as { en: 0.4, ko: 0.3, zh: 0.3 }.")]
    [InlineData("name: good", "name: good\nwarmUp: soon", "good.yaml:2: warmUp must be a time from 0s to 10m, such as 10s or { for: 30s, rate: 300 }.")]
    [InlineData("name: good", "name: good\nwarmUp: { for: 30s }", "good.yaml:2: warmUp.rate is missing: write a number such as 300.")]
    [InlineData("name: good", "name: good\nwarmUp: { for: 30s, rate: -1 }", "good.yaml:2: warmUp.rate must be a number from 0 to 1000000, such as 300.")]
    [InlineData("name: good", "name: good\nwarmUp: { for: 30s, rates: 3 }", "good.yaml:2: warmUp.rates is not known; did you mean rate?.")]
    [InlineData("- { shape", "- { file: no.csv, shape: replay }\n  - { shape", "good.yaml:4: curve[0].file cannot be replayed: Could not find file")]
    public void BadFile_NamesLineFieldAndRemedy(string good, string bad, string fault)
    {
        var thrown = Should.Throw<DrillFileException>(() => DrillReader.Parse(Good.Replace(good, bad, StringComparison.Ordinal), "good.yaml"));
        thrown.Faults.ShouldContain(f => f.StartsWith(fault, StringComparison.Ordinal), thrown.Message);
    }

    [Fact]
    public void WarmUp_IsATimeAtTheCurvesFirstRate_OrHasARateOfItsOwn()
    {
        var plain = DrillReader.Parse(Good + "\nwarmUp: 20s", "good.yaml");
        (plain.WarmUp, plain.WarmUpRate).ShouldBe((TimeSpan.FromSeconds(20), null));
        var own = DrillReader.Parse(Good + "\nwarmUp: { for: 30s, rate: 300 }", "good.yaml").Scaled(0.5, 0.1);
        (own.WarmUp, own.WarmUpRate).ShouldBe((TimeSpan.FromSeconds(3), 150));
    }

    [Theory]
    [InlineData("")]
    [InlineData("name: [")]
    [InlineData("- a\n- b")]
    [InlineData("just text")]
    [InlineData("curve: { a: 1 }")]
    public void NoDrillAtAll_IsRefused_WithItsLine(string text) =>
        Should.Throw<DrillFileException>(() => DrillReader.Parse(text, "x.yaml")).Faults[0].ShouldStartWith("x.yaml:");

    [Fact]
    public void Find_UnknownName_NamesTheShippedOnes() =>
        Should.Throw<DrillFileException>(() => Places.Find("smok")).Message.ShouldContain("smoke");

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5s", 1.5)]
    [InlineData("10m", 600)]
    [InlineData("2h", 7200)]
    public void Times_ReadAndWriteTheSame(string text, double seconds)
    {
        Times.TryRead(text, out var time).ShouldBeTrue();
        time.ShouldBe(TimeSpan.FromSeconds(seconds));
        Times.TryRead(Times.Write(time), out var again).ShouldBeTrue();
        again.ShouldBe(time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("9999999999999999h")]
    public void Times_ThatAreNone_AreRefused(string text) => Times.TryRead(text, out _).ShouldBeFalse();
}
