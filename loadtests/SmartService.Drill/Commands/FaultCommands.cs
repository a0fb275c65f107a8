using System.CommandLine;
using System.Globalization;
using SmartService.Faults.Drills;
using Spectre.Console;

namespace SmartService.Drill.Commands;

/// <summary><c>drill fault</c>: what the engine promises, under faults that are played by seed.</summary>
internal static class FaultCommands
{
    public static Command Build(IAnsiConsole console, Func<Func<Task<int>>, Task<int>> safely)
    {
        var name = new Argument<string?>("name") { Description = "A fault; all are listed without one.", Arity = ArgumentArity.ZeroOrOne };
        var seeds = new Option<int?>("--seeds") { Description = "How many seeds to play. Default: as many as CI does." };
        var seed = new Option<int>("--seed") { Description = "The first seed. Default 0. A failure names its own." };
        var length = new Option<bool>("--long") { Description = "Play the long form." };
        var json = new Option<string?>("--json") { Description = "Also write the figures as JSON here." };
        var fault = new Command("fault", "Play a fault by seed, and hold the engine to what it promised.") { name, seeds, seed, length, json };
        fault.SetAction((parsed, ct) => safely(() => parsed.GetValue(name) is { } wanted
            ? RunAsync(wanted, parsed.GetValue(seed), parsed.GetValue(seeds), parsed.GetValue(length), parsed.GetValue(json), console, ct)
            : Task.FromResult(List(console))));
        return fault;
    }

    private static int List(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn("name").AddColumn("question").AddColumn(new TableColumn("seeds").RightAligned()).AddColumn(new TableColumn("long").RightAligned());
        foreach (var drill in FaultDrills.All)
        {
            table.AddRow($"[bold]{Markup.Escape(drill.Name)}[/]", Markup.Escape(drill.Question), Number(drill.Seeds), $"--long: {Number(drill.LongSeeds)}");
        }

        console.Write(table);
        return DrillCommands.Passed;
    }

    private static async Task<int> RunAsync(string name, int first, int? seeds, bool isLong, string? json, IAnsiConsole console, CancellationToken ct)
    {
        var drill = FaultDrills.All.FirstOrDefault(d => d.Name == name)
            ?? throw new ArgumentException($"There is no fault '{name}'. There are: {string.Join(", ", FaultDrills.All.Select(d => d.Name))}.");
        var wanted = seeds ?? (isLong ? drill.LongSeeds : drill.Seeds);
        console.MarkupLineInterpolated($"[bold]{drill.Name}[/]: {drill.Question} {Number(wanted)} seeds from {first}.");
        var every = Math.Max(1, wanted / 20);
        var report = await drill.RunAsync(first, wanted, done => Told(done, every, wanted, console), ct);
        foreach (var failure in report.Failures)
        {
            console.MarkupLineInterpolated($"[red]{failure}[/]");
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Seeds:N0} seeds in {report.Seconds:N1} s, {report.Failures.Count} failed"));
        foreach (var (figure, value) in report.Figures)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure,-28} {value,14:N0}"));
        }

        if (json is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(json))!);
            await File.WriteAllTextAsync(json, report.ToJson(), ct);
        }

        return report.Passed ? DrillCommands.Passed : DrillCommands.Failed;
    }

    private static void Told(int done, int every, int all, IAnsiConsole console)
    {
        if (done % every == 0 && done < all)
        {
            console.MarkupLineInterpolated($"[grey]{Number(done)} of {Number(all)}[/]");
        }
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
