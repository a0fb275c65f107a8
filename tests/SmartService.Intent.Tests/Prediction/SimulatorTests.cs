using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Tenants;
using SmartService.Intent.Prediction;
using SmartService.Intent.Training;

namespace SmartService.Intent.Tests.Prediction;

public sealed class SimulatorTests
{
    [Fact]
    public void SameSeed_MakesTheSameShoppers()
    {
        var one = new ShopperSimulator(SimulatorSettings.Load(), 5);
        var other = new ShopperSimulator(SimulatorSettings.Load(), 5);
        for (var i = 0; i < 50; i++)
        {
            var (a, b) = (one.Next(), other.Next());
            (a.Now, a.Asked, a.Order).ShouldBe((b.Now, b.Asked, b.Order));
            a.Customer.Visits.ShouldBe(b.Customer.Visits);
        }
    }

    [Fact]
    public void Concerns_AreQuestionsAndKnownSituations_ManyCausesToMostQuestions()
    {
        foreach (var settings in (SimulatorSettings[])[SimulatorSettings.Load(), SimulatorSettings.LoadEvaluation()])
        {
            settings.Concerns.SelectMany(c => c.About)
                .ShouldAllBe(kind => settings.Ordinary.OrderKinds.ContainsKey(kind) && settings.Promotion.OrderKinds.ContainsKey(kind));
            QuestionLabels.All.ShouldAllBe(label => settings.Concerns.Any(c => c.Intent == label.Value));
            QuestionLabels.All.ShouldAllBe(label => settings.Concerns.Where(c => c.Intent == label.Value).Sum(c => c.Paths.Count) >= 2);
        }
    }

    [Fact]
    public void EvaluationParameters_DifferFromTraining()
    {
        var (train, test) = (SimulatorSettings.Load(), SimulatorSettings.LoadEvaluation());
        train.Concerns.Zip(test.Concerns).Count(pair => pair.First.Weight == pair.Second.Weight).ShouldBeLessThan(5);
        train.Concerns.Zip(test.Concerns).Count(pair => pair.First.Paths.SequenceEqual(pair.Second.Paths)).ShouldBeLessThan(train.Concerns.Count / 3);
    }

    [Fact]
    public void Periods_TestComesAfterTraining_PromotionOnlyOnCampaignDays()
    {
        var end = SimulatedPeriod.Training.From.AddDays(SimulatedPeriod.Training.Days);
        var random = new SeededRandom(1);
        for (var i = 0; i < 200; i++)
        {
            SimulatedPeriod.Training.Draw(random).ShouldBeLessThan(end);
            var promotion = SimulatedPeriod.Promotion.Draw(random);
            promotion.ShouldBeGreaterThanOrEqualTo(end);
            Campaigns.AtRetail(promotion).IsOn.ShouldBeTrue();
            var ordinary = SimulatedPeriod.Ordinary.Draw(random);
            ordinary.ShouldBeGreaterThanOrEqualTo(end);
            Campaigns.AtRetail(ordinary).IsOn.ShouldBeFalse();
        }
    }

    [Fact]
    public void Oracle_Posterior_SumsToOneAndKnowsWhatHappens()
    {
        var settings = SimulatorSettings.LoadEvaluation();
        var oracle = new QuestionOracle(settings);
        foreach (var period in (SimulatedPeriod[])[SimulatedPeriod.Ordinary, SimulatedPeriod.Promotion, SimulatedPeriod.Training])
        {
            var simulator = new ShopperSimulator(settings, 11, period);
            for (var i = 0; i < 150; i++)
            {
                var shopper = simulator.Next();
                var posterior = oracle.Posterior(shopper);
                posterior.Sum().ShouldBe(1, 1e-9);
                // What happened can never have been impossible: that would mean that the likelihood forgets a way.
                posterior[shopper.Asked is { } asked ? QuestionLabels.All.IndexOf(asked) : QuestionLabels.Nothing].ShouldBeGreaterThan(0);
            }
        }
    }

    /// <summary>An oracle is right as often as it says: its probabilities are those of the process, or they would not add up.</summary>
    [Fact]
    public void Oracle_IsCalibrated_WithinChance()
    {
        var settings = SimulatorSettings.LoadEvaluation();
        var oracle = new QuestionOracle(settings);
        var simulator = new ShopperSimulator(settings, 12, SimulatedPeriod.Promotion);
        double expected = 0, variance = 0, asks = 0, asksVariance = 0;
        int right = 0, asked = 0;
        for (var i = 0; i < 2_500; i++)
        {
            var shopper = simulator.Next();
            var posterior = oracle.Posterior(shopper);
            var best = Enumerable.Range(0, QuestionLabels.Nothing).MaxBy(label => posterior[label]);
            expected += posterior[best];
            variance += posterior[best] * (1 - posterior[best]);
            right += shopper.Asked == QuestionLabels.All[best] ? 1 : 0;
            asks += 1 - posterior[QuestionLabels.Nothing];
            asksVariance += posterior[QuestionLabels.Nothing] * (1 - posterior[QuestionLabels.Nothing]);
            asked += shopper.Asked is null ? 0 : 1;
        }

        Math.Abs(right - expected).ShouldBeLessThan(4 * Math.Sqrt(variance));
        Math.Abs(asked - asks).ShouldBeLessThan(4 * Math.Sqrt(asksVariance));
    }

    [Fact]
    public void Oracle_OrdersThatLookAlike_AreWeighedNotKnown()
    {
        var settings = SimulatorSettings.Load();
        var now = new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero);
        var missing = SimulatedOrders.Make("delivered_missing", "1", now, new(3));
        var old = SimulatedOrders.Make("delivered_old", "2", now, new(3));
        SimulatedOrders.Odds(missing, now, settings.Ordinary.OrderKinds).Select(o => o.Kind).ShouldBe(["delivered_new", "delivered_missing"]);
        SimulatedOrders.Odds(old, now, settings.Ordinary.OrderKinds).ShouldHaveSingleItem().Kind.ShouldBe("delivered_old");
    }

    [Fact]
    public void Odds_OfEverySituation_ContainIt()
    {
        var settings = SimulatorSettings.Load();
        var now = new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero);
        var random = new SeededRandom(4);
        foreach (var kind in settings.Ordinary.OrderKinds.Keys)
        {
            for (var i = 0; i < 40; i++)
            {
                var order = SimulatedOrders.Make(kind, "1", now, random);
                SimulatedOrders.Odds(order, now, settings.Ordinary.OrderKinds).ShouldContain(odds => odds.Kind == kind && odds.Odds > 0);
            }
        }
    }

    [Theory]
    [InlineData("Cart!nonsense")]
    [InlineData("Nowhere")]
    public void Path_Unknown_IsRefused(string path) => Should.Throw<ArgumentException>(() => PathStep.Parse(path));

    [Theory]
    [InlineData("2026-11-11", true)]
    [InlineData("2026-11-12", false)]
    [InlineData("2026-06-17", true)]
    [InlineData("2026-10-15", false)]
    public void Calendar_KnowsCampaignDays(string day, bool isOn)
    {
        var moment = Campaigns.AtRetail(DateTimeOffset.Parse(day + "T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        moment.IsOn.ShouldBe(isOn);
        moment.DaysSince.ShouldBeInRange(0, CampaignCalendar.NearDays);
        moment.DaysUntil.ShouldBeInRange(0, CampaignCalendar.NearDays);
    }
}
