using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using SmartService.Domain.Peak;
using Xunit;

namespace SmartService.Domain.Tests.Peak;

public class PeakLadderProperties
{
    private static readonly DateTimeOffset Start = new(2026, 11, 11, 0, 0, 0, TimeSpan.Zero);

    private static Gen<PeakMeasurements> Measurements =>
        from age in Gen.Choose(0, 2_000)
        from flush in Gen.Choose(0, 5_000)
        from cpu in Gen.Choose(0, 100)
        from work in Gen.Elements(0.0, 19, 21, 5_000)
        from waiting in Gen.Elements(0, 0, 1, 100_000)
        from wait in Gen.Choose(0, 1_000)
        from share in Gen.Choose(0, 100)
        select new PeakMeasurements(
            TimeSpan.FromMilliseconds(age), TimeSpan.FromMilliseconds(flush), cpu / 100.0, work, waiting, TimeSpan.FromSeconds(wait), share / 100.0);

    private static Gen<(PeakMeasurements Measured, int Milliseconds)[]> Walks =>
        (from m in Measurements from ms in Gen.Choose(-500, 20_000) select (m, ms)).ArrayOf();

    [Fact]
    public void Walk_OfAnyKind_IsOfKnownRungs_AndDownOneAtATime() => Properties.Holds(Walks, walk =>
    {
        var (state, now) = (LadderState.Initial, Start);
        foreach (var (measured, ms) in walk)
        {
            now = now.AddMilliseconds(ms);
            var next = PeakLadder.Next(state, measured, PeakRules.Default, now);
            Enum.IsDefined(next.Rung).ShouldBeTrue();
            ((int)next.Rung).ShouldBeGreaterThanOrEqualTo((int)state.Rung - 1);
            double.IsFinite(next.Pressure).ShouldBeTrue();
            next.Pressure.ShouldBeGreaterThanOrEqualTo(0);
            next.At.ShouldBeGreaterThanOrEqualTo(state.At);
            state = next;
        }
    });

    [Fact]
    public void Walk_OfAnyKind_EndsAtFull_WhenItIsCalmLongEnough() => Properties.Holds(Walks, walk =>
    {
        var (state, now) = (LadderState.Initial, Start);
        foreach (var (measured, ms) in walk)
        {
            now = now.AddMilliseconds(Math.Max(0, ms));
            state = PeakLadder.Next(state, measured, PeakRules.Default, now);
        }

        for (var second = 0; second < 4 * 16 * 12; second++)
        {
            now = now.AddSeconds(1);
            state = PeakLadder.Next(state, LadderUnderTest.Calm, PeakRules.Default, now);
        }

        state.Rung.ShouldBe(PeakRung.Full);
    });

    [Fact]
    public void MorePressure_IsNeverALowerRung() => Properties.Holds(
        from walk in Walks from extra in Gen.Choose(0, 500) select (walk, extra), given =>
        {
            var (less, more, now) = (LadderState.Initial, LadderState.Initial, Start);
            foreach (var (measured, ms) in given.walk)
            {
                now = now.AddMilliseconds(Math.Max(1, ms));
                less = PeakLadder.Next(less, measured, PeakRules.Default, now);
                more = PeakLadder.Next(more, measured with { QueueAge = measured.QueueAge + TimeSpan.FromMilliseconds(given.extra) }, PeakRules.Default, now);
                more.Pressure.ShouldBeGreaterThanOrEqualTo(less.Pressure - 1e-9);
            }
        });

    [Fact]
    public void FairShare_NeverGivesMoreThanThereIs_AndLeavesNothingWanted() => Properties.Holds(
        from demands in (from d in Gen.Choose(0, 1_000) from w in Gen.Choose(1, 50) select (Demand: (double)d, Weight: w / 10.0)).ArrayOf()
        from capacity in Gen.Choose(0, 5_000)
        select (demands, capacity), given =>
        {
            var level = FairShare.Level(given.demands, given.capacity);
            var wanted = given.demands.Sum(d => d.Demand);
            var got = given.demands.Sum(d => Math.Min(d.Demand, d.Weight * level));
            if (wanted <= given.capacity)
            {
                level.ShouldBe(double.PositiveInfinity);
            }
            else
            {
                got.ShouldBe(given.capacity, 1e-6 * Math.Max(1, wanted));
            }
        });

    [Fact]
    public void FairShare_WhenExactlyAllIsWanted_IsEnoughForAll() =>
        FairShare.Level([(626, 4.6), (100, 1.1), (168, 4.4), (700, 3.3), (53, 1.2), (734, 0.8), (618, 2.6), (121, 1.5)], 3_120)
            .ShouldBe(double.PositiveInfinity);

    [Fact]
    public void FairShare_WhenAHairMoreIsWanted_GivesAllThereIs()
    {
        (double Demand, double Weight)[] demands = [(626, 4.6), (100, 1.1), (168, 4.4), (700, 3.3), (53, 1.2), (734, 0.8), (618, 2.6), (121, 1.5)];
        var level = FairShare.Level(demands, Math.BitDecrement(3_120.0));
        level.ShouldBeLessThan(double.PositiveInfinity);
        demands.Sum(d => Math.Min(d.Demand, d.Weight * level)).ShouldBe(3_120, 1e-6);
    }

    [Fact]
    public void FairShare_OfAFlashSale_LeavesTheOthersWhole() =>
        FairShare.Level([(9_000, 1), (100, 1), (300, 1)], 5_000).ShouldBe(4_600);
}
