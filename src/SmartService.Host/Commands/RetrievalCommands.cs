using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SmartService.Assistance.Evaluation;
using SmartService.Domain.Knowledge;
using SmartService.Intent;

namespace SmartService.Host.Commands;

/// <summary><c>eval retrieval</c>: how well and how fast a merchant's questions and answers are found.</summary>
internal static class RetrievalCommands
{
    /// <summary>The most items a tenant can have.</summary>
    private const int LargeIndex = KnowledgeState.MaxItems;
    private static readonly string[] Stores = ["northpeak", "haeon", "lanxing"];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Build()
    {
        var items = File("--items", "Items as for an import: .json, .jsonl or .csv. Default: the demonstration stores'");
        var questions = File("--questions", "Lines of a question, a tab and the id of the item that answers it");
        var json = File("--json", "File for the figures");
        var large = new Option<int>("--large") { Description = "Items of the generated index that is timed; 0 times none", DefaultValueFactory = _ => LargeIndex };
        var command = new Command("retrieval", "Measures how questions find their items, beside words alone and embeddings alone.") { items, questions, json, large };
        command.SetAction((parsed, ct) => OneLine.GuardAsync(Console.Error, async () =>
        {
            if (parsed.GetValue(items) is null != parsed.GetValue(questions) is null)
            {
                throw new CommandException("--items and --questions belong together: name both or neither.");
            }

            await MeasureAsync(Sets(parsed.GetValue(items), parsed.GetValue(questions)), parsed.GetValue(large), parsed.GetValue(json), ct);
            return 0;
        }));
        return command;
    }

    private static async Task MeasureAsync(
        List<(string Name, string Items, string Questions)> sets, int large, string? json, CancellationToken ct)
    {
        using var scorer = IntentScorer.Open(Path.Combine(AppContext.BaseDirectory, new IntentOptions().ModelPath));
        var understanding = new OnnxUnderstanding(scorer);
        var figures = new List<RetrievalFigures>();
        try
        {
            foreach (var (name, items, questions) in sets)
            {
                figures.Add(await RetrievalEvaluation.MeasureAsync(name, understanding, RetrievalFiles.ReadItems(items), RetrievalFiles.ReadQuestions(questions), ct));
                Say(figures[^1]);
            }

            var times = large == 0 ? null : await TimeAsync(understanding, sets[0], large, ct);
            if (json is not null)
            {
                await System.IO.File.WriteAllTextAsync(json, JsonSerializer.Serialize(new RetrievalReport(understanding.ModelName, figures, times), Json), ct);
            }
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or FileNotFoundException)
        {
            throw new CommandException(e.Message);
        }
    }

    private static async Task<RetrievalTimes> TimeAsync(
        OnnxUnderstanding understanding, (string Name, string Items, string Questions) set, int large, CancellationToken ct)
    {
        var times = await RetrievalEvaluation.TimeAsync(
            understanding, GeneratedItems.From(RetrievalFiles.ReadItems(set.Items), large), [.. RetrievalFiles.ReadQuestions(set.Questions).Select(question => question.Question)], ct);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"generated: {times.Items:N0} items, {times.Phrasings:N0} phrasings: search p50 {times.P50Ms:0.00} ms, p99 {times.P99Ms:0.00} ms, {times.CpuMs:0.00} ms of processor; edit p50 {times.EditP50Ms:0.0} ms, p99 {times.EditP99Ms:0.0} ms; {times.BytesPerItem:N0} bytes an item; built in {times.BuildSeconds:0.0} s"));
        return times;
    }

    private static List<(string Name, string Items, string Questions)> Sets(string? items, string? questions)
    {
        if (items is not null && questions is not null)
        {
            return [(Path.GetFileNameWithoutExtension(items), items, questions)];
        }

        var stores = Path.Combine(AppContext.BaseDirectory, "Demo", "Stores");
        return [.. Stores
            .Select(store => (store, Path.Combine(stores, store, "qna.json"), Path.Combine(stores, store, "questions.tsv")))];
    }

    private static void Say(RetrievalFigures figures)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figures.Name}: {figures.Questions} questions to {figures.Items} items"));
        foreach (var (name, ranks) in new[] { ("hybrid", figures.Hybrid), ("words only", figures.Words), ("embedding only", figures.Meaning) })
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {name,-15} hit@1 {ranks.HitAt1:P1}, hit@3 {ranks.HitAt3:P1}, MRR {ranks.Mrr:0.000}"));
        }
    }

    private static Option<string> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private sealed record RetrievalReport(string Model, IReadOnlyList<RetrievalFigures> Stores, RetrievalTimes? Large);
}
