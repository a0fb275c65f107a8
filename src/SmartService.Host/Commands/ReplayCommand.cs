using System.CommandLine;
using SmartService.Host.Replay;

namespace SmartService.Host.Commands;

/// <summary><c>replay</c>: sends a recorded clickstream to a running server.</summary>
internal static class ReplayCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("FILE.csv") { Description = "Clickstream; docs/operations.md has the format" };
        var tenant = new Option<string>("--tenant") { Description = "Store whose shoppers these are", Required = true, HelpName = "T" };
        var speed = new Option<double>("--speed") { Description = "Times the recorded speed; 0 is as fast as it goes. Default 0", HelpName = "N" };
        var url = new Option<string>("--url") { Description = "The server. Default http://localhost:8080", DefaultValueFactory = _ => "http://localhost:8080" };
        var key = new Option<string?>("--key") { Description = "Secret key of the store. Default: SMARTSERVICE_KEY, or the demo store's own", HelpName = "sk_…" };
        var data = SharedOptions.Data();
        var command = new Command("replay", "Sends a recorded clickstream to a running server.") { file, tenant, speed, url, key, data };
        command.SetAction((parsed, ct) => OneLine.GuardAsync(Console.Error, () => ReplayRun.RunAsync(
            new(
                parsed.GetValue(file)!, parsed.GetValue(tenant)!, parsed.GetValue(speed), parsed.GetValue(url)!, parsed.GetValue(key),
                parsed.GetValue(data) ?? "data"),
            Console.Out, Console.Error, ct)));
        return command;
    }
}
