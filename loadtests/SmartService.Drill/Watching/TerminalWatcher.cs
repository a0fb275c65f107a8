using System.Diagnostics;
using System.Globalization;
using SmartService.Drills.Files;
using SmartService.Drills.Measuring;
using Spectre.Console;

namespace SmartService.Drill.Watching;

/// <summary>Live progress: one table that is drawn over on a terminal, a line every five seconds elsewhere.</summary>
internal sealed class TerminalWatcher(IAnsiConsole console, Drills.Drill drill) : IWatcher
{
    private const int MostRows = 12;
    private const int LineEvery = 5;
    private readonly Queue<(SecondFigures Figures, string? Fault)> _last = new();
    private LiveDisplayContext? _live;
    private long _progressAt = Stopwatch.GetTimestamp();

    /// <summary>Runs the drill with the table below what was said before.</summary>
    public async Task<T> WatchAsync<T>(Func<Task<T>> drill)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
        {
            return await drill();
        }

        T result = default!;
        await console.Live(new Text("")).AutoClear(true).StartAsync(async context =>
        {
            _live = context;
            result = await drill();
            _live = null;
        });
        return result;
    }

    public void Says(string what)
    {
        _progressAt = Stopwatch.GetTimestamp();
        if (_live is { } live)
        {
            live.UpdateTarget(new Rows(Draw(), new Text("    " + what)));
        }
        else
        {
            console.MarkupLineInterpolated($"[grey]    {what}[/]");
        }
    }

    public void Progress(string what, long done, long all)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"    {what}: {done:N0} of {all:N0}");
        if (_live is { } live)
        {
            live.UpdateTarget(new Rows(Draw(), new Text(text)));
        }
        else if (Stopwatch.GetElapsedTime(_progressAt) > TimeSpan.FromSeconds(LineEvery))
        {
            _progressAt = Stopwatch.GetTimestamp();
            console.WriteLine(text);
        }
    }

    public void Second(SecondFigures figures, string? fault)
    {
        _last.Enqueue((figures, fault));
        if (_last.Count > MostRows)
        {
            _last.Dequeue();
        }

        if (_live is { } live)
        {
            live.UpdateTarget(Draw());
        }
        else if (figures.Second % LineEvery == 0 || fault is not null)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    {figures.Second,5} s   {figures.Acknowledged,7:N0} messages/s   p50 {figures.P50Ms,8:N1} ms   p99 {figures.P99Ms,8:N1} ms   in flight {figures.InFlight,6:N0}   failed {figures.Failed}{(fault is null ? "" : "   <- " + fault)}"));
        }
    }

    private Table Draw()
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.Title = new TableTitle($"{drill.Name} · {Times.Write(TimeSpan.FromSeconds(Math.Round(drill.Curve.Duration.TotalSeconds)))} · scale {drill.Scale.ToString("0.####", CultureInfo.InvariantCulture)}");
        foreach (var column in new[] { "second", "planned/s", "messages/s", "p50 ms", "p99 ms", "push p99 ms", "in flight", "refused", "failed", "cores", "" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var (f, fault) in _last)
        {
            table.AddRow(
                f.Second < 0 ? "warm-up" : Text(f.Second), Text(f.Planned), Text(f.Acknowledged), Text(f.P50Ms), Text(f.P99Ms), Text(f.PushP99Ms), Text(f.InFlight),
                Text(f.Refused), f.Failed == 0 ? "0" : $"[red]{Text(f.Failed)}[/]", f.Cores is { } cores ? cores.ToString("0.00", CultureInfo.InvariantCulture) : "–",
                fault is null ? "" : $"[red]{Markup.Escape(fault)}[/]");
        }

        return table;
    }

    private static string Text(double value) => value.ToString(value >= 100 || value == Math.Floor(value) ? "N0" : "0.0", CultureInfo.InvariantCulture);
}
