using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SmartService.Fuzz.Http;
using SmartService.Fuzz.Parsers;

namespace SmartService.Fuzz;

/// <summary>The command line of <c>./smart drill abuse fuzz</c>.</summary>
internal static class FuzzCommands
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static RootCommand Build()
    {
        var count = new Option<long>("--count") { Description = "Inputs for the parsers. Default 1,000,000; with --long 100,000,000.", DefaultValueFactory = _ => 1_000_000 };
        var calls = new Option<long>("--calls") { Description = "Calls over HTTP. Default 30,000; with --long 1,000,000.", DefaultValueFactory = _ => 30_000 };
        var isLong = new Option<bool>("--long") { Description = "A hundred million inputs and a million calls." };
        var seed = new Option<ulong>("--seed") { Description = "The same seed makes the same inputs. Default: of this moment.", DefaultValueFactory = _ => (ulong)DateTime.UtcNow.Ticks };
        var only = new Option<string?>("--only") { Description = "parsers or http." };
        var one = new Option<long?>("--case") { Description = "Only this one, with --seed and --only: repeats what was found." };
        var json = new Option<string?>("--json") { Description = "Also write the figures here." };
        var save = new Option<string>("--save") { Description = "Folder for inputs that broke something. Default artifacts/fuzz.", DefaultValueFactory = _ => Path.Combine("artifacts", "fuzz") };
        var root = new RootCommand("Feeds every parser and every call with what is nearly right: nothing crashes, nothing hangs, no 5xx.") { count, calls, isLong, seed, only, one, json, save };
        root.SetAction(async (parsed, ct) =>
        {
            var (inputs, requests) = parsed.GetValue(isLong) ? (100_000_000L, 1_000_000L) : (parsed.GetValue(count), parsed.GetValue(calls));
            var (from, part) = (parsed.GetValue(one) ?? 0, parsed.GetValue(only));
            (inputs, requests) = parsed.GetValue(one) is null ? (inputs, requests) : (1, 1);
            var figures = new List<FuzzFigures>();
            if (part is null or "parsers")
            {
                figures.Add(Parse(parsed.GetValue(seed), from, inputs, parsed.GetValue(save)!));
            }

            if (part is null or "http")
            {
                figures.Add(await CallAsync(parsed.GetValue(seed), from, requests, parsed.GetValue(save)!, ct));
            }

            await ShowAsync(figures, parsed.GetValue(json), ct);
            return figures.TrueForAll(f => f.Findings.Count == 0) ? 0 : 1;
        });
        return root;
    }

    public static FuzzFigures Parse(ulong seed, long from, long count, string? save)
    {
        var folder = Directory.CreateTempSubdirectory("smartservice-fuzz-").FullName;
        try
        {
            return new ParserFuzz(Targets.All(folder), seed, save).Run(from, count, Environment.ProcessorCount);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task<FuzzFigures> CallAsync(ulong seed, long from, long count, string? save, CancellationToken ct)
    {
        await using var server = await FuzzServer.StartAsync();
        using var client = server.Client();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", ct));
        return await new HttpFuzz(server, Operations.Of(document.RootElement), seed, save).RunAsync(from, count, 2 * Environment.ProcessorCount);
    }

    private static async Task ShowAsync(List<FuzzFigures> figures, string? json, CancellationToken ct)
    {
        foreach (var f in figures)
        {
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{f.Name}: {f.Inputs:N0} inputs in {f.Seconds:N1} s ({f.PerSecond:N0}/s), seed {f.Seed}: {f.Findings.Count} faults"));
            foreach (var finding in f.Findings)
            {
                await Console.Out.WriteLineAsync($"  {finding.Target}: {finding.What}");
                await Console.Out.WriteLineAsync($"    again: ./smart drill abuse fuzz --only {f.Name} --seed {finding.Seed} --case {finding.Case}{(finding.File is null ? "" : $"   input: {finding.File}")}");
            }
        }

        if (json is not null)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(new { name = "fuzz", verdict = figures.TrueForAll(f => f.Findings.Count == 0) ? "passed" : "failed", parts = figures }, Indented), ct);
        }
    }
}
