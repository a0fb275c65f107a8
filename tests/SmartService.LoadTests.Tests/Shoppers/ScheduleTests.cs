using SmartService.Drills.Shoppers;

namespace SmartService.LoadTests.Tests.Shoppers;

public sealed class ScheduleTests
{
    private static readonly Schedule Plan = new(Some.Drill("""
        name: plan
        question: What is planned?
        warmUp: 2s
        shoppers: { turns: 3, think: 1s, pages: 2, leaves: 0.5, person: 0.5 }
        noise: { times: 4, from: 2s, for: 4s }
        merchants: { importsPerSecond: 2, lines: 5 }
        curve: [{ shape: constant, rate: 20, for: 10s }]
        """));

    private static IEnumerable<Step> Steps => Enumerable.Range(0, Plan.Count).Select(i => Plan[i]);

    [Fact]
    public void Steps_AreInTheOrderOfTheirMoments() => Steps.Select(s => s.Due).ShouldBeInOrder(SortDirection.Ascending);

    [Fact]
    public void Journeys_WarmUp_Then_TheCurve_ThenTheNoise()
    {
        Plan.NoisyFrom.ShouldBe((2 * 20) + (10 * 20));
        (Plan.Journeys - Plan.NoisyFrom).ShouldBe(4 * 20 * 4);
        Steps.Where(s => s.Kind == StepKind.Ask && Plan.IsNoisy(s.Journey)).Min(s => s.Due).ShouldBeGreaterThanOrEqualTo(2 * TimeSpan.TicksPerSecond);
        Steps.Count(s => s.Due < 0).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void WarmUp_WithARateOfItsOwn_EndsAtTheCurvesFirst()
    {
        var drill = Some.Drill("""
            name: warm
            question: How is it warmed?
            warmUp: { for: 30s, rate: 100 }
            shoppers: { turns: 1, think: 1s, pages: 1, leaves: 0, person: 0 }
            curve: [{ shape: constant, rate: 10, for: 10s }]
            """);
        var plan = new Schedule(drill);
        plan.Journeys.ShouldBe((26 * 100) + (4 * 10) + (10 * 10));
        var first = Enumerable.Range(0, plan.Count).Select(i => plan[i]).Where(s => s.Kind == StepKind.Visit).Select(s => TimeSpan.FromTicks(s.Due)).ToList();
        first.Min().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(-30));
        first.Count(at => at > TimeSpan.FromSeconds(-4) && at < TimeSpan.Zero).ShouldBeInRange(10, 90, "the last consultations of the warm-up are the curve's");
    }

    [Fact]
    public void EveryJourney_AsksItsQuestionsInOrder_AndComesBackAfterItLeft()
    {
        foreach (var journey in Steps.Where(s => s.Kind != StepKind.Import).GroupBy(s => s.Journey))
        {
            var steps = journey.ToList();
            steps.Where(s => s.Kind == StepKind.Ask).Select(s => (int)s.Turn).ShouldBe([0, 1, 2]);
            var kinds = steps.Select(s => s.Kind).ToList();
            kinds.IndexOf(StepKind.Leave).ShouldBe(kinds.Contains(StepKind.Return) ? kinds.IndexOf(StepKind.Return) - 1 : -1);
            (kinds.Contains(StepKind.Person) ? kinds[^3..] : [StepKind.Person, StepKind.Join, StepKind.Reply]).ShouldBe([StepKind.Person, StepKind.Join, StepKind.Reply]);
        }
    }

    [Fact]
    public void Imports_AreAsManyAsTheMerchantsMake() => Steps.Count(s => s.Kind == StepKind.Import).ShouldBe(20);

    [Fact]
    public void Zipf_FirstIsAskedForMost_AndNobodyIsOutside()
    {
        var (zipf, chance) = (new Zipf(10, 1), new Drills.SeededChance(1));
        var picked = new int[10];
        for (var i = 0; i < 10_000; i++)
        {
            picked[zipf.Pick(ref chance)]++;
        }

        picked.ShouldBeInOrder(SortDirection.Descending);
        ((double)picked[0] / picked[9]).ShouldBe(10, 3);
    }
}
