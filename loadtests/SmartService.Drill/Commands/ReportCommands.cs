using System.Globalization;
using SmartService.Drills.Files;
using SmartService.Drills.Reports;
using Spectre.Console;

namespace SmartService.Drill.Commands;

/// <summary>Shows, compares and extrapolates reports.</summary>
internal static class ReportCommands
{
    public static void List(IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn("name").AddColumn("question").AddColumn("peak").AddColumn("lasts");
        foreach (var name in Places.Shipped())
        {
            var drill = DrillReader.Read(Places.Find(name));
            table.AddRow(
                $"[bold]{Markup.Escape(name)}[/]", Markup.Escape(drill.Question), string.Create(CultureInfo.InvariantCulture, $"{drill.Curve.Peak:N0}/s"), Times.Write(drill.Curve.Duration));
        }

        console.Write(table);
    }

    public static void Show(DrillReport report, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("objective").AddColumn(new TableColumn("wanted").RightAligned()).AddColumn(new TableColumn("measured").RightAligned()).AddColumn("");
        foreach (var o in report.Objectives)
        {
            table.AddRow(
                Markup.Escape(o.Says), $"{(o.AtLeast ? "≥" : "≤")} {Number(o.Limit)} {o.Unit}", o.Measured is { } m ? $"{Number(m)} {o.Unit}" : "not measured",
                o.Met ? "[green]met[/]" : "[red]not met[/]");
        }

        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Sent:N0} sent, {report.Acknowledged:N0} acknowledged, {report.PerSecond:N1}/s · ack p50 {report.AckP50Ms:N1} ms, p99 {report.AckP99Ms:N1} ms · push p99 {report.PushP99Ms?.ToString("N1", CultureInfo.InvariantCulture) ?? "–"} ms · {report.CpuMicrosPerMessage?.ToString("N0", CultureInfo.InvariantCulture) ?? "–"} µs CPU each · lost {report.Lost}, doubled {report.Doubled}, reordered {report.Reordered}"));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"scale {report.Scale:0.####}, time {report.TimeScale:0.####} · driver slip p99 {report.Driver.SlipP99Ms:0.###} ms, wake-up p99 {report.Driver.WakeP99Ms:0.###} ms · {report.Resent:N0} resent, {report.Refused:N0} refused for now"));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"warmed {Optional(report.WarmUpSeconds)} s at {Optional(report.WarmUpPerSecond)} consultations/s · driver {report.Driver.CpuMicrosPerMessage?.ToString("N0", CultureInfo.InvariantCulture) ?? "–"} µs CPU a message, {report.Driver.ConnectionsOpened:N0} connections · read back {report.Driver.ConversationsReadPerSecond?.ToString("N0", CultureInfo.InvariantCulture) ?? "–"} conversations/s"));
        if (report.PeakPerSecond is { } peak)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"peak {peak:N0}/s · under overload {report.GoodputPerSecond:N0}/s ({report.GoodputRatio:P0}) · refusals p50 {report.RefusalP50Ms:N2} ms, p99 {report.RefusalP99Ms:N2} ms"));
        }

        if (report.QuietP99Ratio is { } ratio)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the other merchants: p99 {report.QuietP99BeforeMs:N1} ms before ({report.QuietMessagesBefore:N0} messages), {report.QuietP99DuringMs:N1} ms beside the noisy one ({report.QuietMessagesDuring:N0} messages; {ratio:N2} times)"));
        }

        var colour = report.Verdict switch { Verdict.Passed => "green", Verdict.Void => "yellow", _ => "red" };
        console.MarkupLine($"[bold {colour}]{report.Verdict}[/]");
        foreach (var reason in report.Reasons.Concat(report.Discrepancies))
        {
            console.MarkupLineInterpolated($"  {reason}");
        }
    }

    public static async Task<int> CompareAsync(string before, string after, double tolerance, IAnsiConsole console, CancellationToken ct)
    {
        var comparison = Comparison.Of(await ReadAsync(before, ct), await ReadAsync(after, ct), tolerance);
        foreach (var warning in comparison.Warnings)
        {
            console.MarkupLineInterpolated($"[yellow]{warning}[/]");
        }

        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("").AddColumn(new TableColumn("before").RightAligned()).AddColumn(new TableColumn("after").RightAligned()).AddColumn(new TableColumn("change").RightAligned());
        foreach (var f in comparison.Figures)
        {
            var change = f.Change is { } c ? c.ToString("+0.0;-0.0;0", CultureInfo.InvariantCulture) + " %" : "–";
            table.AddRow(
                Markup.Escape(f.Says), f.Before is { } b ? $"{Number(b)} {f.Unit}" : "–", f.After is { } a ? $"{Number(a)} {f.Unit}" : "–",
                f.IsWorse ? $"[red]{change}[/]" : change);
        }

        console.Write(table);
        console.MarkupLine(comparison.IsWorse ? "[bold red]worse[/]" : "[bold green]not worse[/]");
        return comparison.IsWorse ? DrillCommands.Failed : DrillCommands.Passed;
    }

    public static async Task<int> CapacityAsync(
        string? file, double[] conversations, double turns, double minutes, double headroom, IAnsiConsole console, CancellationToken ct)
    {
        var report = await ReadAsync(
            file ?? Places.NewestReport() ?? throw new ArgumentException("There is no report yet: run a drill first, for example ./smart drill load."), ct);
        console.MarkupLineInterpolated($"From {report.Name} of {report.StartedAt:yyyy-MM-dd HH:mm} UTC, {report.CpuMicrosPerMessage:N0} µs of server CPU per message, verdict {report.Verdict}:");
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in new[] { "conversations/s", "messages/s", "cores", "memory", "data per hour" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var wanted in conversations)
        {
            var c = Capacity.Of(report, wanted, turns, minutes, headroom);
            table.AddRow(Number(c.ConversationsPerSecond), Number(c.MessagesPerSecond), Number(Math.Ceiling(c.Cores)), Number(c.MemoryGigabytes) + " GB", Number(c.DataGigabytesPerHour) + " GB");
        }

        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"For {turns:0.#} questions each, shoppers who stay {minutes:0.#} min, and {headroom:P0} of the cores kept free. Memory: 16 KiB an open shopper and 0.3 GB. One process takes one machine's cores; beyond that the cluster engine."));
        if (report.Verdict == Verdict.Void)
        {
            console.MarkupLine("[yellow]That run was void: its cost is measured on the server and stands, its latencies do not.[/]");
        }

        return DrillCommands.Passed;
    }

    private static async Task<DrillReport> ReadAsync(string file, CancellationToken ct) => DrillReport.Read(await File.ReadAllTextAsync(file, ct));

    private static string Optional(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? "–";

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 || value == Math.Floor(value) ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
