using System.Globalization;
using System.Text.Json;
using SmartService.Benchmarks;
using SmartService.Benchmarks.Product;
using SmartService.Benchmarks.Questions;

// smart-bench [engine|journal|product|questions] [--seconds N] [--connections N] [--questions N] [--tables FOLDER] [--json FILE]: without a name, all.
if (args is ["echo-server", var port])
{
    await EchoServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture));
    return;
}

var seconds = Option("--seconds") is { } s ? double.Parse(s, CultureInfo.InvariantCulture) : 5;
if (Option("--connections") is { } connections)
{
    ProductBench.Connections = int.Parse(connections, CultureInfo.InvariantCulture);
}

if (Option("--questions") is { } questions)
{
    QuestionBench.Questions = int.Parse(questions, CultureInfo.InvariantCulture);
}

QuestionBench.Kept = Option("--tables");
var wanted = args.FirstOrDefault(a => a is "engine" or "journal" or "product" or "questions");
var benches = new Dictionary<string, Func<string, TimeSpan, Task<IReadOnlyList<Figure>>>>
{
    ["engine"] = EngineBench.RunAsync,
    ["journal"] = JournalBench.RunAsync,
    ["product"] = ProductBench.RunAsync,
    ["questions"] = QuestionBench.RunAsync,
};
var results = new Dictionary<string, IReadOnlyList<Figure>>();
foreach (var (name, run) in benches.Where(b => wanted is null || b.Key == wanted))
{
    var folder = Path.Combine(Directory.GetCurrentDirectory(), $".bench-{Guid.NewGuid():N}");
    Directory.CreateDirectory(folder);
    try
    {
        results[name] = await run(folder, TimeSpan.FromSeconds(seconds));
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }

    Console.WriteLine(name);
    foreach (var figure in results[name])
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure.Name,-55} {figure.Value,14:N1} {figure.Unit}"));
    }
}

if (Option("--json") is { } file)
{
    await File.WriteAllTextAsync(file, JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
}

string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
