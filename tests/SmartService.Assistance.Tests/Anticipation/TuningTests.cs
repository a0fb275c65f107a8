using SmartService.Assistance.Anticipation;
using SmartService.Assistance.Tests.World;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Engine.Queries;

namespace SmartService.Assistance.Tests.Anticipation;

public sealed class TuningTests
{
    private static readonly IntentId Delay = new("order.delay");
    private static readonly IntentId Fee = new("delivery.fee");

    [Fact]
    public void Correction_NothingKnown_ChangesNothing()
    {
        IReadOnlyList<IntentScore> ranked = [new(Delay, 0.8f), new(Fee, 0.1f)];
        OutcomeCorrection.Learn([]).Correct(ranked).ShouldBe(ranked);
    }

    [Fact]
    public void Correction_OneOutcome_MovesLittle()
    {
        var correction = OutcomeCorrection.Learn(Outcomes(Delay, 0.8, right: 0, wrong: 1));
        correction.Correct(Delay, 0.8).ShouldBeInRange(0.6, 0.799);
    }

    [Theory]
    [InlineData(0.9, 0.5)]
    [InlineData(0.5, 0.8)]
    public void Correction_ManyOutcomes_SaysWhatHappens(double foretold, double happens)
    {
        var right = (int)(2_000 * happens);
        var correction = OutcomeCorrection.Learn(Outcomes(Delay, foretold, right, 2_000 - right));
        correction.Correct(Delay, foretold).ShouldBe(happens, 0.02);
    }

    [Fact]
    public void Correction_OneQuestionIsOff_OthersMoveLess()
    {
        var outcomes = Outcomes(Delay, 0.9, right: 200, wrong: 800).Concat(Outcomes(Fee, 0.9, right: 900, wrong: 100)).ToArray();
        var correction = OutcomeCorrection.Learn(outcomes);
        correction.Correct(Delay, 0.9).ShouldBe(0.2, 0.05);
        correction.Correct(Fee, 0.9).ShouldBe(0.9, 0.03);
    }

    /// <summary>Whatever was learned, what comes out is a ranking: in order, in [0, 1], in all at most 1, and monotone for one question.</summary>
    [Fact]
    public void Correction_AnyOutcomes_GiveARanking()
    {
        var random = new Random(5);
        IntentId[] intents = [Delay, Fee, new("product.size"), new("promo.coupon")];
        for (var trial = 0; trial < 60; trial++)
        {
            var outcomes = Enumerable.Range(0, random.Next(1, 120))
                .SelectMany(_ => Outcomes(intents[random.Next(4)], random.NextDouble(), random.Next(2), random.Next(2))).ToArray();
            var correction = OutcomeCorrection.Learn(outcomes);
            var left = 1f;
            IntentScore[] ranked = [.. intents.Select(intent =>
            {
                var p = left * (float)random.NextDouble();
                left -= p;
                return new IntentScore(intent, p);
            })];
            var corrected = correction.Correct(ranked);
            corrected.Sum(score => score.Probability).ShouldBeLessThanOrEqualTo(1.0001f);
            corrected.Select(score => score.Probability).ShouldBeInOrder(SortDirection.Descending);
            corrected.ShouldAllBe(score => score.Probability >= 0);
            corrected.Select(score => score.Intent).ShouldBe(intents, ignoreOrder: true);
            correction.Correct(Delay, 0.6).ShouldBeGreaterThan(correction.Correct(Delay, 0.5));
        }
    }

    [Fact]
    public void Threshold_FewOutcomes_IsTheShippedOne() =>
        PopupThreshold.Choose([.. Enumerable.Repeat((0.9, true, 1.0), PopupThreshold.FewestOutcomes - 1)], 0.9, 0.77).ShouldBe(0.77);

    [Fact]
    public void Threshold_EnoughOutcomes_IsTheLowestThatIsPrecise()
    {
        (double, bool, double)[] outcomes =
        [
            .. Enumerable.Range(0, 200).Select(i => (0.9, i % 20 != 0, 1.0)), // 95 % right
            .. Enumerable.Range(0, 200).Select(i => (0.7, i % 8 != 0, 1.0)), // 87.5 %; together 91 %
            .. Enumerable.Range(0, 200).Select(i => (0.5, i % 2 != 0, 1.0)),
        ];
        PopupThreshold.Choose(outcomes, 0.9, 0.6).ShouldBe(0.7);
        PopupThreshold.Choose(outcomes, 0.93, 0.6).ShouldBe(0.9);
        PopupThreshold.Choose(outcomes, 0.98, 0.6).ShouldBe(1);
    }

    [Fact]
    public void Threshold_ExploredOutcomes_WeighForThoseNotShown()
    {
        // Near offers are wrong half of the time, but only one in twenty of them was shown.
        (double, bool, double)[] outcomes =
        [
            .. Enumerable.Range(0, 400).Select(i => (0.9, i % 20 != 0, 1.0)),
            .. Enumerable.Range(0, 20).Select(i => (0.7, i % 2 == 0, 20.0)),
        ];
        PopupThreshold.Choose(outcomes, 0.9, 0.6).ShouldBe(0.9);
    }

    [Fact]
    public async Task Popups_MostlyDismissed_StopAndComeBackWhenOutcomesDo()
    {
        await using var store = await Store.OpenAsync();
        store.Outcomes.Results.AddRange(Outcomes(Delay, 0.8, right: 30, wrong: 270));
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Orders);
        await store.FollowAsync();
        (await OffersAsync(store)).ShouldBe(0);

        store.Outcomes.Results.Clear();
        store.Clock.Now = store.Clock.Now.AddMinutes(2);
        await store.VisitAsync("v-2", PageType.Orders);
        await store.FollowAsync();
        (await OffersAsync(store)).ShouldBe(1);
    }

    [Fact]
    public async Task Popups_UnderTheShippedThreshold_DoNotShow()
    {
        await using var store = await Store.OpenAsync();
        store.Predictor.Threshold = 0.95;
        store.Predictor.Probability = 0.6f; // Not near either.
        await store.LateParcelAsync();
        await store.VisitAsync("v-1", PageType.Orders);
        await store.FollowAsync();
        (await OffersAsync(store)).ShouldBe(0);
    }

    [Fact]
    public async Task Outcomes_AreReadOnceAMinuteATenant()
    {
        await using var store = await Store.OpenAsync();
        var suggestions = store.Get<ISuggestions>();
        for (var i = 0; i < 5; i++)
        {
            await suggestions.ForAsync(Store.Tenant, Store.Ada, "en", default);
        }

        store.Outcomes.Reads.ShouldBe(1);
        store.Clock.Now = store.Clock.Now.AddSeconds(61);
        await suggestions.ForAsync(Store.Tenant, Store.Ada, "en", default);
        store.Outcomes.Reads.ShouldBe(2);
    }

    [Fact]
    public void Chance_OfPopups_IsTheSameForTheSameAndEvenlySpread()
    {
        HelpWriter.ChanceOf(new("pop-1")).ShouldBe(HelpWriter.ChanceOf(new("pop-1")));
        var drawn = Enumerable.Range(0, 4_000).Select(i => HelpWriter.ChanceOf(new($"pop-{i}"))).ToArray();
        drawn.ShouldAllBe(chance => chance >= 0 && chance < 1);
        drawn.Count(chance => chance < 0.05).ShouldBeInRange(140, 260);
    }

    [Fact]
    public void List_SameFamily_OnlyWhenFarAhead()
    {
        IntentScore[] ranked = [new(Delay, 0.4f), new(new("order.status"), 0.15f), new(Fee, 0.1f), new(new("order.cancel"), 0.05f), new(new("promo.coupon"), 0.04f)];
        SuggestionList.Pick(ranked, 4).Select(score => score.Intent.Value).ShouldBe(["order.delay", "delivery.fee", "order.status", "promo.coupon"]);

        ranked[1] = new(new("order.status"), 0.3f);
        SuggestionList.Pick(ranked, 2).Select(score => score.Intent.Value).ShouldBe(["order.delay", "order.status"]);
    }

    /// <summary>The likeliest is always first, nothing is listed twice, and nothing is invented.</summary>
    [Fact]
    public void List_AnyRanking_BeginsWithTheLikeliestWithoutRepeats()
    {
        var random = new Random(6);
        for (var trial = 0; trial < 100; trial++)
        {
            var ranked = Intents.Shipped.OrderBy(_ => random.Next()).Take(random.Next(1, 12))
                .Select(intent => new IntentScore(intent, (float)random.NextDouble())).OrderByDescending(score => score.Probability).ToArray();
            var picked = SuggestionList.Pick(ranked, 6);
            picked[0].ShouldBe(ranked[0]);
            picked.Distinct().Count().ShouldBe(Math.Min(6, ranked.Length));
            picked.ShouldBeSubsetOf(ranked);
        }
    }

    private static IReadOnlyList<PopupResult> Outcomes(IntentId topic, double probability, int right, int wrong) =>
        [.. Enumerable.Range(0, right + wrong).Select(i => new PopupResult(new($"o-{i}"), topic, probability, 1, false, i < right, Store.Noon))];

    private static async Task<int> OffersAsync(Store store) =>
        (await store.Journal.ReadAsync(0, 10_000, default)).Count(e => e.Event is CustomerEvent.PopupOffered);
}
