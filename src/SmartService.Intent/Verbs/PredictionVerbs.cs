using System.Globalization;
using System.Text.Json;
using SmartService.Intent.Onnx;
using SmartService.Intent.Prediction;
using SmartService.Intent.Prediction.Sequences;
using SmartService.Intent.Training;

namespace SmartService.Intent;

/// <summary>What the command line's verbs about next questions and next pages do. Each returns the exit code: 0 done, 1 the input is at fault.</summary>
public static class PredictionVerbs
{
    private const int MostShoppers = 1_000_000;
    private const int MostSeeds = 20;

    /// <summary>Builds the next-question model from simulated shoppers.</summary>
    public static Task<int> TrainPredictorAsync(string path, ulong seed, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        Verb.GuardAsync(error, async () =>
        {
            var report = await PredictorTrainer.TrainAsync(new() { Seed = seed, Progress = error }, path, ct);
            Line(output, $"{path}: {report.FileBytes / 1e3:0} kB, {report.Elapsed.TotalSeconds:0.0} s");
            Line(output, $"held out ({report.Shoppers:N0} simulated shoppers): hit@1 {report.HitAt1:P1}, hit@3 {report.HitAt3:P1}, AUROC {report.Auroc:0.000}, ECE {report.Ece:0.000}");
            Line(output, $"popups right nine times in ten from probability {report.PopupThreshold:0.00}: {report.PopupShare:P1} of simulated shoppers");
        });

    /// <summary>Measures a next-question model on simulated shoppers of another world, beside the oracle that knows its parameters.</summary>
    public static Task<int> EvaluateQuestionsAsync(EvaluateQuestionsArguments arguments, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        Verb.GuardAsync(error, async () =>
        {
            CheckRange(arguments.Shoppers, MostShoppers, "--shoppers");
            var period = arguments.Split switch
            {
                "promotion" => SimulatedPeriod.Promotion,
                "ordinary" => SimulatedPeriod.Ordinary,
                var split => throw new ArgumentException($"--split must be promotion or ordinary, not '{split}'."),
            };
            var settings = arguments.Parameters is { } file ? SimulatorSettings.LoadFile(file) : SimulatorSettings.LoadEvaluation();
            using var predictor = OnnxQuestionPredictor.Open(arguments.Model);
            var report = await Task.Run(() => QuestionsEvaluator.Evaluate(predictor, settings, period, arguments.Shoppers, arguments.Seed, ct), ct);
            Say(output, report);
            await WriteJsonAsync(arguments.Json, report, ct);
        });

    /// <summary>Measures next-page models on real click sessions: ours beside a first-order chain and a fixed mixture, in one run.</summary>
    /// <param name="seeds">Splits to average over, 1 to 20.</param>
    public static Task<int> EvaluateSequenceAsync(
        string sessions, int seeds, string? json, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        Verb.GuardAsync(error, async () =>
        {
            CheckRange(seeds, MostSeeds, "--seeds");
            var data = PageSessions.Read(sessions);
            var report = await Task.Run(() => SequenceEvaluator.Evaluate(data, seeds, ct), ct);
            Say(output, report);
            await WriteJsonAsync(json, report, ct);
        });

    private static void CheckRange(int value, int most, string option)
    {
        if (value < 1 || value > most)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{option} must be between 1 and {most:N0}."));
        }
    }

    private static async Task WriteJsonAsync<T>(string? path, T report, CancellationToken ct)
    {
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(report, MetadataJson.Options), ct);
        }
    }

    private static void Say(TextWriter output, QuestionsReport report)
    {
        Line(output, $"{report.Model}: {report.Shoppers:N0} simulated shoppers ({report.Split} days, {report.Askers:N0} asked); no real shopper was measured");
        Line(output, $"  hit@1 {report.HitAt1:P1}, hit@3 {report.HitAt3:P1}, hit@5 {report.HitAt5:P1}, MRR {report.Mrr:0.000}, right order {report.OrderHit:P1}, ECE {report.Ece:0.000}");
        Line(output, $"  oracle: hit@1 {report.OracleHitAt1:P1}, hit@3 {report.OracleHitAt3:P1}, ECE {report.OracleEce:0.000}; reached: {report.RatioAt1:P1} and {report.RatioAt3:P1} of it");
        Line(output, $"  at precision .9: {report.CoverageAtPrecision90:P1} of shoppers (oracle {report.OracleCoverageAtPrecision90:P1}); popups from the shipped threshold {report.PopupThreshold:0.00}: {report.PopupPrecision:P1} right, {report.PopupCoverage:P1} of shoppers");
        foreach (var (intent, recall) in report.PerIntentRecall)
        {
            Line(output, $"    {intent,-26}{recall,7:P0}");
        }
    }

    private static void Say(TextWriter output, SequenceReport report)
    {
        Line(output, $"{report.Sessions:N0} sessions, {report.Pages:N0} pages; {report.Steps:N0} test steps in {report.Seeds} split(s)");
        foreach (var (name, figures) in new[]
        {
            ("first-order Markov", report.FirstOrder), ("orders 1-3 + co-occurrence", report.Mixture),
            ("variable-order chain alone", report.Chain), ("ours", new(report.HitAt1, report.HitAt5)),
        })
        {
            Line(output, $"  {name,-28} hit@1 {figures.HitAt1,6:P1}  hit@5 {figures.HitAt5,6:P1}");
        }

        if (report.OnlyUp)
        {
            Line(output, $"  The sessions list pages by ascending number; the last two know it, the first two do not.");
        }
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
