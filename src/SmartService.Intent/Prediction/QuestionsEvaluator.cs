namespace SmartService.Intent.Prediction;

/// <summary>Measures the predictor on simulated shoppers it has not seen, beside the oracle, which knows the parameters.</summary>
internal static class QuestionsEvaluator
{
    private const double WantedPrecision = 0.9;

    public static QuestionsReport Evaluate(
        OnnxQuestionPredictor predictor, SimulatorSettings settings, SimulatedPeriod period, int shoppers, ulong seed, CancellationToken ct)
    {
        var simulator = new ShopperSimulator(settings, seed, period);
        var oracle = new QuestionOracle(settings);
        var (ours, best) = (new QuestionTally(), new QuestionTally());
        int aboutOrder = 0, rightOrder = 0;
        for (var i = 0; i < shoppers; i++)
        {
            ct.ThrowIfCancellationRequested();
            var shopper = simulator.Next();
            var asked = shopper.Asked is { } intent ? QuestionLabels.All.IndexOf(intent) : QuestionLabels.Nothing;
            var (ranking, orders) = predictor.Rank(shopper.Customer, shopper.Now);
            ours.Add([.. ranking.Probabilities, 1 - ranking.Probabilities.Sum()], asked);
            best.Add([.. oracle.Posterior(shopper).Select(p => (float)p)], asked);
            if (shopper.Order is { } order && ranking.Order[0] == asked && QuestionLabels.MayBeAboutOrder(asked))
            {
                aboutOrder++;
                rightOrder += ranking.RowOf(asked) is > 0 and var row && orders[row - 1].Id == order ? 1 : 0;
            }
        }

        var (mine, its) = (ours.Figures(), best.Figures());
        var threshold = predictor.ThresholdFor(WantedPrecision);
        var popups = ours.Best.Select((p, i) => (Offered: p >= threshold, Right: ours.Right[i])).Where(p => p.Offered).ToArray();
        return new(
            mine.HitAt1, mine.HitAt3, mine.HitAt5, mine.Mrr, mine.CoverageAtPrecision90, mine.Ece,
            ours.ByQuestion.OrderBy(p => p.Key).ToDictionary(p => QuestionLabels.All[p.Key].Value, p => p.Value.First / (double)p.Value.Asked),
            its.HitAt1, its.HitAt3, mine.HitAt1 / its.HitAt1, mine.HitAt3 / its.HitAt3, its.CoverageAtPrecision90, its.Ece,
            rightOrder / (double)Math.Max(1, aboutOrder), threshold, popups.Length == 0 ? double.NaN : popups.Count(p => p.Right) / (double)popups.Length,
            popups.Length / (double)shoppers, shoppers, ours.Askers, seed,
            period.Campaign == true ? "promotion" : "ordinary", predictor.Model);
    }
}
