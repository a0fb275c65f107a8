using SmartService.Intent.Prediction;

namespace SmartService.Intent.Tests.Prediction;

/// <summary>The aims of the next-question predictor, on few simulated shoppers and with a margin for chance.</summary>
public sealed class QuestionsEvaluationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ShippedModel_UnseenShoppersOfAnotherWorld_ComesNearTheOracle(bool promotion)
    {
        using var predictor = OnnxQuestionPredictor.Open(Repository.ShippedPredictor);
        var period = promotion ? SimulatedPeriod.Promotion : SimulatedPeriod.Ordinary;
        var report = QuestionsEvaluator.Evaluate(predictor, SimulatorSettings.LoadEvaluation(), period, 700, 4_242, default);

        report.Simulated.ShouldBeTrue();
        report.RatioAt1.ShouldBeGreaterThan(0.87);
        report.RatioAt3.ShouldBeGreaterThan(0.9);
        report.PopupPrecision.ShouldBeGreaterThan(0.86);
        report.PopupCoverage.ShouldBeGreaterThan(0.08);
        report.CoverageAtPrecision90.ShouldBeGreaterThan(0.08);
        report.OrderHit.ShouldBeGreaterThan(0.9);
        report.Ece.ShouldBeLessThan(0.12);
    }

    [Fact]
    public void Tally_CountsRanksAndCalibration()
    {
        var tally = new QuestionTally();
        var sure = new float[QuestionLabels.Count];
        (sure[0], sure[1], sure[QuestionLabels.Nothing]) = (0.8f, 0.1f, 0.1f);
        for (var i = 0; i < 100; i++)
        {
            tally.Add(sure, i < 80 ? 0 : i < 90 ? 1 : QuestionLabels.Nothing);
        }

        var figures = tally.Figures();
        figures.HitAt1.ShouldBe(80 / 90.0, 1e-9);
        figures.HitAt3.ShouldBe(1);
        figures.Mrr.ShouldBe((80 + 5) / 90.0, 1e-9);
        figures.Ece.ShouldBe(0, 1e-6);
        figures.CoverageAtPrecision90.ShouldBe(0);
        tally.ByQuestion[1].ShouldBe((10, 0));
    }

    [Fact]
    public void PrecisionCurve_LowestThresholdThatGivesThePrecision()
    {
        // 100 offers from .9 of which 95 are right, then 100 from .6 of which 60 are.
        var probabilities = Enumerable.Repeat(0.9f, 100).Concat(Enumerable.Repeat(0.6f, 100)).ToArray();
        var right = Enumerable.Range(0, 200).Select(i => i < 100 ? i < 95 : i < 160).ToArray();
        var curve = PrecisionCurve.From(probabilities, right);
        curve.ThresholdFor(0.9).ShouldBe(0.9, 1e-6);
        curve.CoverageFor(0.9).ShouldBe(0.5);
        curve.ThresholdFor(0.75).ShouldBe(0.6, 1e-6);
        curve.ThresholdFor(0.97).ShouldBe(1);
        curve.Thinned().ThresholdFor(0.9).ShouldBe(0.9, 1e-6);
    }
}
