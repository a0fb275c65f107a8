using System.Globalization;
using SmartService.Drill.Servers;
using SmartService.Drill.Watching;
using SmartService.Drills;
using SmartService.Drills.Files;
using SmartService.Drills.Reports;
using Spectre.Console;

namespace SmartService.Drill.Commands;

internal sealed record RunArguments(
    string Drill, double Scale = 1, double Time = 1, string? Url = null, string? AdminKey = null, bool AllowRemote = false, string? Json = null, string? Html = null,
    bool KeepData = false)
{
    /// <summary>Times of additional kills, as the user wrote them.</summary>
    public IReadOnlyList<string> KillAt { get; init; } = [];

    /// <summary>A warm standby, whatever the file says.</summary>
    public bool Standby { get; init; }
}

/// <summary>Runs one drill and writes its report.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(RunArguments arguments, IAnsiConsole console, CancellationToken ct)
    {
        var drill = Read(arguments);
        var folder = Path.Combine(Places.Reports, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{drill.Name}"));
        console.MarkupLineInterpolated($"[bold]{drill.Name}[/]: {drill.Question}");
        var watcher = new TerminalWatcher(console, drill);
        Directory.CreateDirectory(folder);
        try
        {
            await using var server = await ServerAsync(arguments, drill, folder, ct);
            var report = await watcher.WatchAsync(() => new DrillRun(drill, server, watcher).RunAsync(ct));
            await WriteAsync(report, folder, arguments, ct);
            ReportCommands.Show(report, console);
            console.MarkupLineInterpolated($"Report: {Path.Combine(folder, "report.html")}");
            return report.Verdict switch { Verdict.Passed => DrillCommands.Passed, Verdict.Void => DrillCommands.Void, _ => DrillCommands.Failed };
        }
        finally
        {
            if (!arguments.KeepData && Directory.Exists(Path.Combine(folder, "data")))
            {
                Directory.Delete(Path.Combine(folder, "data"), recursive: true);
            }
        }
    }

    private static Drills.Drill Read(RunArguments arguments)
    {
        var drill = DrillReader.Read(Places.Find(arguments.Drill)).Scaled(arguments.Scale, arguments.Time);
        drill = drill with { Faults = [.. drill.Faults.Concat(arguments.KillAt.Select(text => Kill(text, drill))).OrderBy(f => f.At)], Standby = drill.Standby || arguments.Standby };
        if (arguments.Url is not null && (drill.Standby || drill.Faults.Any(f => f.Kind != FaultKind.Disconnect)))
        {
            throw new ServerException("This drill does faults to its server, or gives it a standby: leave out --url, so that it starts one of its own.");
        }

        return drill.Curve.Expected * Math.Max(1, drill.Shoppers.Turns) <= drill.MostMessages
            ? drill
            : throw new DrillFileException([$"At this scale the drill plans more than mostMessages ({drill.MostMessages:N0}); lower --scale or --time."]);
    }

    private static Fault Kill(string text, Drills.Drill drill) => Times.TryRead(text, out var at) && at <= drill.Curve.Duration
        ? new(FaultKind.Kill, at, TimeSpan.Zero, TimeSpan.Zero)
        : throw new DrillFileException([$"--kill-at {text} must be a time within the curve, such as 10s; at this scale it lasts {Times.Write(drill.Curve.Duration)}."]);

    private static async Task<IServer> ServerAsync(RunArguments arguments, Drills.Drill drill, string folder, CancellationToken ct)
    {
        if (arguments.Url is { } url)
        {
            var key = arguments.AdminKey is { } file ? await File.ReadAllTextAsync(file, ct) : throw new ServerException("--url needs --admin-key FILE: the drill makes merchants of its own.");
            return OtherServer.At(url, key.Trim(), arguments.AllowRemote);
        }

        var server = new OwnServer(Places.Host, folder, drill.Settings, drill.Standby);
        await server.StartAsync(ct);
        return server;
    }

    private static async Task WriteAsync(DrillReport report, string folder, RunArguments arguments, CancellationToken ct)
    {
        var (json, html) = (report.ToJson(), HtmlReport.Write(report));
        foreach (var (file, text) in new[] { (Path.Combine(folder, "report.json"), json), (arguments.Json, json), (Path.Combine(folder, "report.html"), html), (arguments.Html, html) })
        {
            if (file is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                await File.WriteAllTextAsync(file, text, ct);
            }
        }
    }
}
