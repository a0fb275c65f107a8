using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SmartService.Drill.Driving;
using SmartService.Drill.Servers;
using SmartService.Drills.Files;
using SmartService.Drills.Stores;
using Spectre.Console;

namespace SmartService.Drill.Commands;

/// <summary>The command line of <c>./smart drill</c>.</summary>
internal static class DrillCommands
{
    /// <summary>The drill passed, failed, cannot be run as asked, or proves nothing.</summary>
    public const int Passed = 0, Failed = 1, Misused = 2, Void = 3;

    /// <summary>Wide and plain where nobody looks at it live: a log breaks no lines.</summary>
    private static IAnsiConsole Terminal { get; } = MakeTerminal();

    public static RootCommand Build()
    {
        var name = new Argument<string>("drill") { Description = "A drill's file, or the name of a shipped one (see: drill list)." };
        var scale = Fraction("--scale", "How many shoppers come, against what the file says: 0.01 is a hundredth.", 100);
        var time = Fraction("--time", "How long everything lasts, against what the file says: 0.1 is a tenth.", 100);
        var url = new Option<string?>("--url") { Description = "A server that runs already, instead of one of the drill's own. Faults need one of its own." };
        var key = new Option<string?>("--admin-key") { Description = "File with the admin key of that server (DATA/admin.key)." };
        var remote = new Option<bool>("--allow-remote") { Description = "Allow an address that is not on this machine." };
        var json = new Option<string?>("--json") { Description = "Also write the report as JSON here." };
        var html = new Option<string?>("--html") { Description = "Also write the report as a page here." };
        var keep = new Option<bool>("--keep-data") { Description = "Keep the data of the drill's own server." };
        var kill = new Option<string[]>("--kill-at") { Description = "Also kill the drill's own server (kill -9) at this moment of the curve, such as 5m; may be given several times." };
        var standby = new Option<bool>("--standby") { Description = "A warm standby waits beside the drill's own server and takes over when that is killed." };
        var root = new RootCommand("Peak-load drills: rehearses a rush on this machine, with faults in the middle, and says whether the product held.")
        {
            name, scale, time, kill, standby, url, key, remote, json, html, keep, List(), Compare(), CapacityFor(), FaultCommands.Build(Terminal, SafelyAsync), AbuseCommand.Build(Terminal, SafelyAsync),
        };
        root.SetAction((parsed, ct) => SafelyAsync(() => RunCommand.RunAsync(
            new(parsed.GetValue(name)!, parsed.GetValue(scale), parsed.GetValue(time), parsed.GetValue(url), parsed.GetValue(key), parsed.GetValue(remote),
                parsed.GetValue(json), parsed.GetValue(html), parsed.GetValue(keep)) { KillAt = parsed.GetValue(kill) ?? [], Standby = parsed.GetValue(standby) }, Terminal, ct)));
        return root;
    }

    private static Command List()
    {
        var list = new Command("list", "List the shipped drills.");
        list.SetAction((_, _) => SafelyAsync(() =>
        {
            ReportCommands.List(Terminal);
            return Task.FromResult(Passed);
        }));
        return list;
    }

    private static Command Compare()
    {
        var before = new Argument<string>("before") { Description = "A report's JSON." };
        var after = new Argument<string>("after") { Description = "The later report's JSON." };
        var tolerance = new Option<double>("--tolerance") { Description = "Changes up to this many percent are noise. Default 10.", DefaultValueFactory = _ => 10 };
        var compare = new Command("compare", "Compare two reports; exit code 1 when the later one is worse.") { before, after, tolerance };
        compare.SetAction((parsed, ct) => SafelyAsync(() =>
            ReportCommands.CompareAsync(parsed.GetValue(before)!, parsed.GetValue(after)!, parsed.GetValue(tolerance), Terminal, ct)));
        return compare;
    }

    private static Command CapacityFor()
    {
        var report = new Argument<string?>("report") { Description = "A report's JSON; the newest when left out.", Arity = ArgumentArity.ZeroOrOne };
        var conversations = new Option<double[]>("--conversations")
        {
            Description = "New conversations per second to plan for; may be given several times. Default 10, 100, 1000 and 3472.", DefaultValueFactory = _ => [10, 100, 1_000, 3_472],
        };
        var turns = new Option<double>("--turns") { Description = "Questions per conversation. Default 3.", DefaultValueFactory = _ => 3 };
        var minutes = new Option<double>("--minutes") { Description = "How long a shopper stays, in minutes. Default 5.", DefaultValueFactory = _ => 5 };
        var headroom = new Option<double>("--headroom") { Description = "Share of the cores that must stay free. Default 0.3.", DefaultValueFactory = _ => 0.3 };
        var capacity = new Command("capacity", "Say what a wished-for load needs, from what a drill measured.") { report, conversations, turns, minutes, headroom };
        headroom.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double>() is < 0 or > 0.9)
            {
                r.AddError("--headroom must be between 0 and 0.9.");
            }
        });
        capacity.SetAction((parsed, ct) => SafelyAsync(() => ReportCommands.CapacityAsync(
            parsed.GetValue(report), parsed.GetValue(conversations)!, parsed.GetValue(turns), parsed.GetValue(minutes), parsed.GetValue(headroom), Terminal, ct)));
        return capacity;
    }

    private static IAnsiConsole MakeTerminal()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        console.Profile.Width = 200;
        return console;
    }

    private static Option<double> Fraction(string name, string description, double most)
    {
        var option = new Option<double>(name) { Description = description + " Default 1.", DefaultValueFactory = _ => 1 };
        option.Validators.Add(r =>
        {
            if (!(r.GetValueOrDefault<double>() is > 0 and var value && value <= most))
            {
                r.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be above 0 and at most {most}."));
            }
        });
        return option;
    }

    /// <summary>What can be expected to go wrong is said in a sentence.</summary>
    private static async Task<int> SafelyAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception e) when (e is DrillFileException or ServerException or StoreException or JsonException or IOException or ArgumentException
            or HttpRequestException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Misused;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Ended before its time.");
            return Misused;
        }
    }
}
