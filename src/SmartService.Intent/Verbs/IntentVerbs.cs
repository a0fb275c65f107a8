using System.Globalization;
using System.Text.Json;
using SmartService.Domain;
using SmartService.Intent.Evaluation;
using SmartService.Intent.Training;
using SmartService.Intent.Words;

namespace SmartService.Intent;

/// <summary>What the command line's <c>train</c> and <c>eval</c> verbs do. Each returns the exit code: 0 done, 1 the input is at fault.</summary>
public static class IntentVerbs
{
    public static Task<int> TrainIntentsAsync(
        TrainIntentsArguments arguments, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        Verb.GuardAsync(error, async () =>
        {
            var data = WithOutOfScope(TrainingFiles.Read(arguments.Data), arguments.OutOfScope);
            var options = new IntentTrainerOptions
            {
                Seed = arguments.Seed,
                Progress = error,
                Validation = arguments.Validation is { } file ? TrainingFiles.Read(file) : null,
                Words = arguments.Words is { } table ? WordTable.Open(table) : null,
            };
            Say(output, await IntentTrainer.TrainAsync(data, options, arguments.Out, ct), arguments.Out);
        });

    /// <summary>Builds the shipped model again from its utterances.</summary>
    /// <param name="root">The repository's root folder.</param>
    public static Task<int> TrainShippedAsync(string root, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        Verb.GuardAsync(error, async () =>
        {
            var path = Path.Combine(root, ShippedIntents.ModelFile);
            var options = ShippedIntents.Options with { Progress = error };
            Say(output, await IntentTrainer.TrainAsync(ShippedIntents.ReadUtterances(root), options, path, ct), path);
        });

    public static Task<int> EvaluateIntentsAsync(
        EvaluateIntentsArguments arguments, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        Verb.GuardAsync(error, async () =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(arguments.Seeds, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(arguments.Seeds, 20);
            var data = WithOutOfScope(TrainingFiles.Read(arguments.Train), arguments.OutOfScopeTrain);
            var test = TrainingFiles.Read(arguments.Test);
            var outside = arguments.OutOfScopeTest is { } file ? TrainingFiles.Read(file) : null;
            var validation = arguments.Validation is { } valid ? TrainingFiles.Read(valid) : null;
            var words = arguments.Words is { } table ? WordTable.Open(table) : null;
            var reports = new List<EvaluationReport>();
            for (var seed = 1; seed <= arguments.Seeds; seed++)
            {
                var path = Path.Combine(Path.GetTempPath(), $"intents-{Guid.NewGuid():N}.onnx");
                try
                {
                    var options = new IntentTrainerOptions { Seed = (ulong)seed, Progress = error, Validation = validation, Words = words };
                    var report = await IntentTrainer.TrainAsync(data, options, path, ct);
                    using var scorer = IntentScorer.Open(path);
                    reports.Add(IntentEvaluator.Evaluate(scorer, test, outside));
                    Say(output, report, $"seed {seed}");
                    Say(output, EvaluationSummary.Of($"seed {seed}", [reports[^1]]));
                }
                finally
                {
                    File.Delete(path);
                }
            }

            var summary = EvaluationSummary.Of(arguments.Train, reports);
            if (reports.Count > 1)
            {
                Say(output, summary with { Model = $"mean of {reports.Count} seeds" });
            }

            await WriteJsonAsync(arguments.Json, summary, ct);
        });

    /// <summary>Measures a model file on labelled messages; those labelled out_of_scope are the out-of-scope set.</summary>
    public static Task<int> EvaluateShippedAsync(
        string model, string test, string? json, TextWriter output, TextWriter error, CancellationToken ct = default) =>
        Verb.GuardAsync(error, async () =>
        {
            using var scorer = IntentScorer.Open(model);
            var report = IntentEvaluator.Evaluate(scorer, TrainingFiles.Read(test, [.. scorer.Labels]));
            var summary = EvaluationSummary.Of($"intents@{scorer.Hash[..12]}", [report]);
            Say(output, summary);
            await WriteJsonAsync(json, summary, ct);
        });

    private static IReadOnlyList<LabelledText> WithOutOfScope(IReadOnlyList<LabelledText> data, string? file) => file is null
        ? data
        : [.. data, .. TrainingFiles.Read(file).Select(line => line with { Label = Intents.OutOfScope.Value })];

    private static async Task WriteJsonAsync(string? path, EvaluationSummary summary, CancellationToken ct)
    {
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(summary, FigureJson.Options), ct);
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

    private static void Say(TextWriter output, EvaluationSummary figures)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{figures.Model}: {figures.Messages:N0} messages: accuracy {figures.Accuracy:P2}, macro F1 {figures.MacroF1:0.000}, top 3 {figures.Top3:P2}, AUROC {figures.Auroc:0.000}, recall at 10 % rejected {figures.OosRecallAt10:P1}, ECE {figures.Ece:0.000}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {figures.SinglePerSecond:N0}/s one by one, {figures.BatchedPerSecond:N0}/s in batches, median {figures.P50Micros:0.0} µs ({figures.P50Floors:0.0} times an empty call of the runtime), p99 {figures.P99Micros:0.0} µs, {figures.BytesPerCall:0} bytes a call"));
        foreach (var (language, part) in figures.ByLanguage)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {language}: {part.Messages:N0} messages, accuracy {part.Accuracy:P2}, top 3 {part.Top3:P2}, AUROC {part.Auroc:0.000}"));
        }
    }
}
