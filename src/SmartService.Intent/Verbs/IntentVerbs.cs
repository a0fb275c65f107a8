using System.Globalization;
using System.Text.Json;
using SmartService.Domain;
using SmartService.Intent.Evaluation;
using SmartService.Intent.Onnx;
using SmartService.Intent.Prediction;
using SmartService.Intent.Training;

namespace SmartService.Intent;

/// <summary>What the command line's <c>train</c> and <c>eval</c> verbs do. Each returns the exit code: 0 done, 1 the input is at fault.</summary>
public static class IntentVerbs
{
    private const int Done = 0;
    private const int Faulty = 1;

    public static Task<int> TrainIntentsAsync(
        TrainIntentsArguments arguments, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        GuardAsync(error, async () =>
        {
            var data = WithOutOfScope(TrainingFiles.Read(arguments.Data), arguments.OutOfScope);
            var options = new IntentTrainerOptions
            {
                Seed = arguments.Seed,
                Progress = error,
                Validation = arguments.Validation is { } file ? TrainingFiles.Read(file) : null,
            };
            Say(output, await IntentTrainer.TrainAsync(data, options, arguments.Out, ct), arguments.Out);
        });

    /// <summary>Builds the shipped model again from its utterances.</summary>
    /// <param name="root">The repository's root folder.</param>
    public static Task<int> TrainShippedAsync(string root, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        GuardAsync(error, async () =>
        {
            var path = Path.Combine(root, ShippedIntents.ModelFile);
            var options = ShippedIntents.Options with { Progress = error };
            Say(output, await IntentTrainer.TrainAsync(ShippedIntents.ReadUtterances(root), options, path, ct), path);
        });

    /// <summary>Builds the next-question model from simulated shoppers.</summary>
    public static Task<int> TrainPredictorAsync(string path, ulong seed, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        GuardAsync(error, async () =>
        {
            var report = await PredictorTrainer.TrainAsync(new() { Seed = seed, Progress = error }, path, ct);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {report.FileBytes / 1e3:0} kB, {report.Elapsed.TotalSeconds:0.0} s; {report.Shoppers:N0} held-out shoppers: hit@1 {report.HitAt1:P1}, hit@3 {report.HitAt3:P1}, right order {report.OrderHit:P1}, AUROC {report.Auroc:0.000}, popups from 0.6: {report.PopupShare:P1} of shoppers, {report.PopupPrecision:P1} right"));
        });

    public static Task<int> EvaluateIntentsAsync(
        EvaluateIntentsArguments arguments, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        GuardAsync(error, async () =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(arguments.Seeds, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(arguments.Seeds, 20);
            var data = WithOutOfScope(TrainingFiles.Read(arguments.Train), arguments.OutOfScopeTrain);
            var test = TrainingFiles.Read(arguments.Test);
            var outside = arguments.OutOfScopeTest is { } file ? TrainingFiles.Read(file) : null;
            var validation = arguments.Validation is { } valid ? TrainingFiles.Read(valid) : null;
            var reports = new List<EvaluationReport>();
            for (var seed = 1; seed <= arguments.Seeds; seed++)
            {
                var path = Path.Combine(Path.GetTempPath(), $"intents-{Guid.NewGuid():N}.onnx");
                try
                {
                    var options = new IntentTrainerOptions { Seed = (ulong)seed, Progress = error, Validation = validation };
                    await IntentTrainer.TrainAsync(data, options, path, ct);
                    using var scorer = IntentScorer.Open(path);
                    reports.Add(IntentEvaluator.Evaluate(scorer, test, outside));
                    Say(output, $"seed {seed}", reports[^1]);
                }
                finally
                {
                    File.Delete(path);
                }
            }

            if (reports.Count > 1)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"mean of {reports.Count} seeds: accuracy {reports.Average(r => r.Accuracy):P2}, AUROC {reports.Average(r => r.Auroc):0.000}"));
            }

            await WriteJsonAsync(arguments.Json, reports, ct);
        });

    /// <summary>Measures a model file on labelled messages.</summary>
    public static Task<int> EvaluateShippedAsync(
        string model, string test, string? json, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        GuardAsync(error, async () =>
        {
            using var scorer = IntentScorer.Open(model);
            var report = IntentEvaluator.Evaluate(scorer, TrainingFiles.Read(test, [.. scorer.Labels]));
            Say(output, $"intents@{scorer.Hash[..12]}", report);
            await WriteJsonAsync(json, new[] { report }, ct);
        });

    private static async Task<int> GuardAsync(TextWriter error, Func<Task> verb)
    {
        try
        {
            await verb();
            return Done;
        }
        catch (Exception e) when (e is TrainingFileException or IntentModelException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(e.Message);
            return Faulty;
        }
    }

    private static IReadOnlyList<LabelledText> WithOutOfScope(IReadOnlyList<LabelledText> data, string? file) => file is null
        ? data
        : [.. data, .. TrainingFiles.Read(file).Select(line => line with { Label = Intents.OutOfScope.Value })];

    private static async Task WriteJsonAsync(string? path, IReadOnlyList<EvaluationReport> reports, CancellationToken ct)
    {
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(reports, MetadataJson.Options), ct);
        }
    }

    private static void Say(TextWriter output, TrainingReport report, string path)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {report.Labels.Count} labels from {report.Messages:N0} messages, {report.Features:N0} features, {report.FileBytes / 1e6:0.00} MB, {report.Elapsed.TotalSeconds:0.0} s"));
        var held = report.HeldOut;
        var languages = string.Join(", ", held.ByLanguage.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:P1}")));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"held out ({held.Messages:N0} messages): accuracy {held.Accuracy:P1}, top 3 {held.Top3:P1}, AUROC {held.Auroc:0.000}, ECE {held.Ece:0.000}; {languages}"));
    }

    private static void Say(TextWriter output, string name, EvaluationReport report)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {report.Messages:N0} messages: accuracy {report.Accuracy:P2}, macro F1 {report.MacroF1:0.000}, top 3 {report.Top3:P2}, AUROC {report.Auroc:0.000}, recall at 10 % rejected {report.OosRecallAt10:P1}, ECE {report.Ece:0.000}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {report.SinglePerSecond:N0}/s one by one, {report.BatchedPerSecond:N0}/s in batches, median {report.P50Micros:0.0} µs, p99 {report.P99Micros:0.0} µs, {report.BytesPerCall:0} bytes a call"));
        foreach (var (language, figures) in report.ByLanguage)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {language}: {figures.Messages:N0} messages, accuracy {figures.Accuracy:P2}, top 3 {figures.Top3:P2}, AUROC {figures.Auroc:0.000}"));
        }
    }
}
