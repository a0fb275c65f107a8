using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using SmartService.Benchmarks.Product;
using SmartService.Benchmarks.Questions;

namespace SmartService.Benchmarks;

/// <summary>The command line of <c>./smart bench</c>.</summary>
internal static class BenchCommand
{
    private static readonly Dictionary<string, Func<string, BenchSettings, Task<IReadOnlyList<Figure>>>> Benches = new()
    {
        ["engine"] = EngineBench.RunAsync,
        ["journal"] = JournalBench.RunAsync,
        ["product"] = ProductBench.RunAsync,
        ["shoppers"] = ShoppersBench.RunAsync,
        ["growth"] = GrowthBench.RunAsync,
        ["questions"] = QuestionBench.RunAsync,
    };

    public static RootCommand Build()
    {
        var wanted = new Argument<string?>("bench")
        {
            Description = "engine: mailboxes, activation, idle entities. journal: durable events. product: the whole path over HTTP, streams, restart. "
                + "shoppers: many open streams in one process, and one word to all of them. growth: what a message costs when stores, then customers, then events double, again and again. questions: every filter and search of a large log. Without a name all of them.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        wanted.AcceptOnlyFromAmong([.. Benches.Keys]);
        var seconds = new Option<double>("--seconds") { Description = "How long each figure is taken.", DefaultValueFactory = _ => 5 };
        AtLeast(seconds, 0.1);
        var connections = new Option<int>("--connections") { Description = "Shoppers who wait for an answer at the same time (product).", DefaultValueFactory = _ => 64 };
        AtLeast(connections, 1);
        var streams = new Option<int>("--streams")
        {
            Description = "Shoppers with an open stream (shoppers). Driver and server need as many open files each, and some: ulimit -n.", DefaultValueFactory = _ => 10_000,
        };
        AtLeast(streams, 1);
        var questions = new Option<int>("--questions") { Description = "Questions in the measured store (questions).", DefaultValueFactory = _ => 100_000 };
        AtLeast(questions, 1);
        var tables = new Option<string?>("--tables") { Description = "Keep the tables in this folder, and measure those again that are there (questions)." };
        var customers = new Option<int>("--customers") { Description = "Customers in the end (growth).", DefaultValueFactory = _ => 512_000 };
        AtLeast(customers, 1);
        var events = new Option<long>("--events") { Description = "Visits and messages in the end (growth); a million take some 500 MB of disk.", DefaultValueFactory = _ => 4_000_000 };
        AtLeast(events, 1);
        var json = new Option<string?>("--json") { Description = "Also write the figures as JSON here." };
        var root = new RootCommand("Measures throughput, latency and memory, each beside a bare reference in the same run.") { wanted, seconds, connections, streams, questions, tables, customers, events, json };
        root.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(wanted),
            new(
                TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(connections), parsed.GetValue(streams), parsed.GetValue(questions), parsed.GetValue(tables),
                parsed.GetValue(customers), parsed.GetValue(events)),
            parsed.GetValue(json)));
        return root;
    }

    private static async Task RunAsync(string? wanted, BenchSettings settings, string? json)
    {
        var results = new Dictionary<string, IReadOnlyList<Figure>>();
        foreach (var (name, run) in Benches.Where(b => wanted is null || b.Key == wanted))
        {
            var folder = Path.Combine(Directory.GetCurrentDirectory(), $".bench-{Guid.NewGuid():N}");
            Directory.CreateDirectory(folder);
            try
            {
                results[name] = await run(folder, settings);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            Console.WriteLine(name);
            foreach (var figure in results[name])
            {
                Console.WriteLine(figure);
            }
        }

        if (json is not null)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
        }
    }

    private static void AtLeast<T>(Option<T> option, T least)
        where T : IComparable<T> => option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<T>().CompareTo(least) < 0)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} must be at least {least}."));
            }
        });
}
