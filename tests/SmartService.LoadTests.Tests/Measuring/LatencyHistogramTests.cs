using FsCheck;
using FsCheck.Fluent;
using SmartService.Domain.Tests;
using SmartService.Drills.Measuring;

namespace SmartService.LoadTests.Tests.Measuring;

public sealed class LatencyHistogramTests
{
    private static readonly double[] Shares = [0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1];

    /// <summary>Microseconds of every size: most latencies are small, some are an hour.</summary>
    private static readonly Gen<long[]> Latencies =
        from digits in Gen.Choose(1, 9).ArrayOf()
        from seed in Gen.Choose(0, int.MaxValue)
        select digits.Select((d, i) => 1 + (long)(new Random(seed + i).NextDouble() * Math.Pow(10, d))).ToArray();

    [Fact]
    public void Percentile_OfAnything_IsThatOfTheSortedValues_WithinThreeDigits() => Properties.Holds(Latencies, values =>
    {
        var histogram = Of(values);
        Array.Sort(values);
        foreach (var share in Shares)
        {
            var exact = values.Length == 0 ? 0 : values[Math.Max(1, (int)Math.Ceiling(share * values.Length)) - 1];
            histogram.PercentileMicroseconds(share).ShouldBe(exact, (exact * 0.001) + 1);
        }
    });

    [Fact]
    public void Add_OfTwoHistograms_IsTheHistogramOfAllValues() => Properties.Holds(Latencies.Two(), both =>
    {
        var sum = Of(both.Item1);
        sum.Add(Of(both.Item2));
        var all = Of([.. both.Item1, .. both.Item2]);
        sum.Count.ShouldBe(all.Count);
        sum.MeanMilliseconds.ShouldBe(all.MeanMilliseconds, 1e-6 * (1 + all.MeanMilliseconds));
        foreach (var share in Shares)
        {
            sum.PercentileMicroseconds(share).ShouldBe(all.PercentileMicroseconds(share));
        }
    });

    [Fact]
    public void Max_IsExact() => Properties.Holds(Latencies, values =>
        Of(values).PercentileMicroseconds(1).ShouldBe(values.DefaultIfEmpty(0).Max()));

    [Fact]
    public void Record_BeyondTheRange_CountsAtItsEdge()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(-5);
        histogram.Record(TimeSpan.FromDays(1));
        histogram.Count.ShouldBe(2);
        histogram.PercentileMicroseconds(0.5).ShouldBe(0);
        histogram.MaxMicroseconds.ShouldBe(LatencyHistogram.MostMicroseconds);
    }

    [Fact]
    public void Clear_LeavesNothing()
    {
        var histogram = Of([1, 1_000_000]);
        histogram.Clear();
        (histogram.Count, histogram.PercentileMicroseconds(0.99), histogram.MaxMicroseconds).ShouldBe((0, 0, 0));
    }

    private static LatencyHistogram Of(long[] values)
    {
        var histogram = new LatencyHistogram();
        foreach (var value in values)
        {
            histogram.Record(value);
        }

        return histogram;
    }
}
