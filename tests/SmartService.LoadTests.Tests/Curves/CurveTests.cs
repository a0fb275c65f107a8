using SmartService.Drills.Curves;

namespace SmartService.LoadTests.Tests.Curves;

public sealed class CurveTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);
    private static readonly Curve Spike = new([new(20, 20, Ten), new(20, 200, Ten), new(200, 200, Ten), new(200, 20, Ten)]);

    [Fact]
    public void Arrivals_AreExactlyAsManyAsTheCurveHolds() => Spike.Arrivals(1).Length.ShouldBe((20 * 10) + (110 * 10) + (200 * 10) + (110 * 10));

    [Fact]
    public void Arrivals_Rise_AndStayWithinTheCurve()
    {
        var arrivals = Spike.Arrivals(7);
        arrivals.ShouldBeInOrder(SortDirection.Ascending);
        arrivals[0].ShouldBeGreaterThanOrEqualTo(0);
        arrivals[^1].ShouldBeLessThanOrEqualTo(Spike.Duration.Ticks);
    }

    [Fact]
    public void Arrivals_FollowTheRate_InEveryPiece()
    {
        var arrivals = Spike.Arrivals(7);
        foreach (var (from, expected) in new[] { (0, 200.0), (10, 1100), (20, 2000), (30, 1100) })
        {
            var within = arrivals.Count(a => a >= from * TimeSpan.TicksPerSecond && a < (from + 10) * TimeSpan.TicksPerSecond);
            ((double)within).ShouldBe(expected, 5 * Math.Sqrt(expected), $"from second {from}");
        }
    }

    [Fact]
    public void Arrivals_OfOneSeed_AreTheSame_OfAnotherNot()
    {
        Spike.Arrivals(3).ShouldBe(Spike.Arrivals(3));
        Spike.Arrivals(3).ShouldNotBe(Spike.Arrivals(4));
    }

    [Fact]
    public void Arrivals_AreIrregular_AsPeopleAre()
    {
        var arrivals = new Curve([new(100, 100, TimeSpan.FromSeconds(100))]).Arrivals(5);
        var gaps = arrivals.Zip(arrivals.Skip(1), (a, b) => (b - a) / (double)TimeSpan.TicksPerSecond).ToList();
        var mean = gaps.Average();
        var deviation = Math.Sqrt(gaps.Average(g => (g - mean) * (g - mean)));
        (deviation / mean).ShouldBe(1, 0.1, "the gaps of a Poisson process deviate by as much as their mean");
    }

    [Theory]
    [InlineData(-1, 20)]
    [InlineData(5, 20)]
    [InlineData(15, 110)]
    [InlineData(25, 200)]
    [InlineData(40, 0)]
    public void RateAt_IsTheCurves(double second, double rate) => Spike.RateAt(TimeSpan.FromSeconds(second)).ShouldBe(rate, 1e-9);

    [Fact]
    public void Scaled_ByAHundredthInATenthOfTheTime_HoldsAThousandth() => Spike.Scaled(0.01, 0.1).Expected.ShouldBe(Spike.Expected / 1000, 1e-9);

    [Fact]
    public void Recording_IsReplayed_HalfAsHighAgain()
    {
        var curve = RecordedCurve.Read(new StringReader("second,perSecond\n# a comment\n0,10\n60,40\n120,10\n"), 1.5);
        curve.Duration.ShouldBe(TimeSpan.FromMinutes(2));
        curve.Peak.ShouldBe(60);
        curve.RateAt(TimeSpan.FromSeconds(30)).ShouldBe(37.5, 1e-9);
    }

    [Theory]
    [InlineData("0,1\n1,x\n", "line 2")]
    [InlineData("0,1\n0,1\n", "line 2")]
    [InlineData("5,1\n6,1\n", "line 1")]
    [InlineData("0,1\n1,-1\n", "line 2")]
    [InlineData("0,1\n", "at least two lines")]
    public void Recording_ThatCannotBeReplayed_NamesItsLine(string text, string what) =>
        Should.Throw<FormatException>(() => RecordedCurve.Read(new StringReader(text), 1)).Message.ShouldContain(what);
}
