using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SmartService.Drill.Abuse;
using SmartService.Drill.Servers;
using Spectre.Console;

namespace SmartService.Drill.Commands;

/// <summary><c>drill abuse</c>: mistreats a server of its own and prints what came of it.</summary>
internal static class AbuseCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Build(IAnsiConsole console, Func<Func<Task<int>>, Task<int>> safely)
    {
        var name = new Argument<string?>("name") { Description = "Which; all are listed when it is left out.", Arity = ArgumentArity.ZeroOrOne };
        var isLong = new Option<bool>("--long") { Description = "As many as the long form has." };
        var count = new Option<int?>("--count") { Description = "So many connections, streams, reconnects or rounds instead." };
        var seed = new Option<ulong>("--seed") { Description = "The same seed does the same. Default 1111.", DefaultValueFactory = _ => 1111 };
        var json = new Option<string?>("--json") { Description = "Also write the figures as JSON here." };
        var abuse = new Command("abuse", "Mistreat a server of its own: nothing crashes, limits answer 4xx, the others do not notice.") { name, isLong, count, seed, json };
        abuse.SetAction((parsed, ct) => safely(() => parsed.GetValue(name) is { } wanted
            ? RunAsync(Find(wanted), parsed.GetValue(isLong), parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(json), console, ct)
            : Task.FromResult(List(console))));
        return abuse;
    }

    private static Attack Find(string name) => AttackRun.All.FirstOrDefault(a => a.Name == name)
        ?? throw new ServerException($"There is no \"{name}\". There are {string.Join(", ", AttackRun.All.Select(a => a.Name))}, and fuzz.");

    private static int List(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("abuse").AddColumn("asks").AddColumn(new TableColumn("short").RightAligned()).AddColumn(new TableColumn("long").RightAligned());
        foreach (var attack in AttackRun.All)
        {
            table.AddRow(attack.Name, Markup.Escape(attack.Question), Number(attack.Size.Short), Number(attack.Size.Long));
        }

        table.AddRow("fuzz", "Does nothing crash, hang or answer 5xx, whatever is sent?", Number(1_000_000), Number(100_000_000));
        console.Write(table);
        return DrillCommands.Passed;
    }

    private static async Task<int> RunAsync(Attack attack, bool isLong, int? count, ulong seed, string? json, IAnsiConsole console, CancellationToken ct)
    {
        var folder = Path.Combine(Places.Reports, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{attack.Name}"));
        var size = count ?? (isLong ? attack.Size.Long : attack.Size.Short);
        try
        {
            var report = await AttackRun.RunAsync(attack, size, seed, Places.Host, folder, console.WriteLine, null, ct);
            Show(report, console);
            var text = JsonSerializer.Serialize(report, Indented);
            await File.WriteAllTextAsync(Path.Combine(folder, "report.json"), text, ct);
            if (json is not null)
            {
                await File.WriteAllTextAsync(json, text, ct);
            }

            return report.Verdict == Verdict.Passed ? DrillCommands.Passed : DrillCommands.Failed;
        }
        finally
        {
            if (Directory.Exists(Path.Combine(folder, "data")))
            {
                Directory.Delete(Path.Combine(folder, "data"), recursive: true);
            }
        }
    }

    private static void Show(AttackReport report, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(Markup.Escape(report.Name)).AddColumn(new TableColumn("").RightAligned());
        foreach (var (name, value) in report.Figures)
        {
            table.AddRow(Markup.Escape(name), Number(value));
        }

        console.Write(table);
        console.MarkupLine(report.Verdict == Verdict.Passed ? "[bold green]passed[/]" : "[bold red]failed[/]");
        foreach (var fault in report.Faults)
        {
            console.MarkupLineInterpolated($"  {fault}");
        }

        if (report.Figures.GetValueOrDefault("legitimateP99Ratio") > AttackRun.MostRatio)
        {
            console.MarkupLineInterpolated($"  Ordinary shoppers waited more than {AttackRun.MostRatio} times as long at p99; look at it with nothing else running.");
        }
    }

    private static string Number(double value) => value.ToString("#,0.###", CultureInfo.InvariantCulture);
}
