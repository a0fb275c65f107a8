using Shouldly;
using SmartService.Domain.Popups;
using Xunit;

namespace SmartService.Domain.Tests.Popups;

public sealed class SequentialLiftTests
{
    [Fact]
    public void Compare_FewCustomers_SaysNothing()
    {
        var report = SequentialLift.Compare(new(10_000, 100), new(49, 40));
        report.IsSure.ShouldBeFalse();
        report.EValue.ShouldBe(1);
        (report.Low, report.High).ShouldBe((-1, 1));
    }

    [Fact]
    public void Compare_ClearDifference_IsSureAndHoldsIt()
    {
        var report = SequentialLift.Compare(new(20_000, 2_000), new(1_000, 200));
        report.Lift.ShouldBe(0.1, 1e-9);
        report.IsSure.ShouldBeTrue();
        report.Low.ShouldBeInRange(0.01, 0.1);
        report.High.ShouldBeInRange(0.1, 0.2);
    }

    /// <summary>The interval leaves out 0 exactly when the evidence passes: both say the same.</summary>
    [Fact]
    public void Compare_IntervalAndEvidence_Agree()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var (shown, withheld) = (random.Next(50, 5_000), random.Next(50, 2_000));
            var report = SequentialLift.Compare(new(shown, random.Next(shown / 2)), new(withheld, random.Next(withheld / 2)));
            (report.Low > 0 || report.High < 0).ShouldBe(report.IsSure);
        }
    }

    /// <summary>Looked at after every tenth customer, where popups do nothing, at most one shop in twenty may ever be told that they do.</summary>
    [Fact]
    public void Compare_NoDifferenceButManyLooks_IsSeldomSure()
    {
        var random = new Random(7);
        var fooled = Enumerable.Range(0, 400).Count(_ => EverSure(random, asksShown: 0.2, asksWithheld: 0.2, customers: 4_000));
        fooled.ShouldBeLessThan(34); // 20 expected at most; four deviations more.
    }

    [Fact]
    public void Compare_PopupsSpareQuestions_IsFoundOut()
    {
        var random = new Random(8);
        Enumerable.Range(0, 50).Count(_ => EverSure(random, asksShown: 0.1, asksWithheld: 0.25, customers: 8_000)).ShouldBeGreaterThan(45);
    }

    [Fact]
    public void Compare_ImpossibleCounts_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => SequentialLift.Compare(new(10, 11), new(10, 1)));

    private static bool EverSure(Random random, double asksShown, double asksWithheld, int customers)
    {
        long shown = 0, shownAsked = 0, withheld = 0, withheldAsked = 0;
        for (var i = 1; i <= customers; i++)
        {
            if (random.NextDouble() < 0.1)
            {
                withheld++;
                withheldAsked += random.NextDouble() < asksWithheld ? 1 : 0;
            }
            else
            {
                shown++;
                shownAsked += random.NextDouble() < asksShown ? 1 : 0;
            }

            if (i % 10 == 0 && SequentialLift.Compare(new(shown, shownAsked), new(withheld, withheldAsked)).IsSure)
            {
                return true;
            }
        }

        return false;
    }
}
