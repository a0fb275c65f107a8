using System.CommandLine;
using SmartService.Host.Running;

namespace SmartService.Host.Commands;

/// <summary><c>run</c>: starts the product and stays until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var port = new Option<int?>("--port") { Description = "Port to listen on, this machine only. Default 8080", HelpName = "N" };
        var data = SharedOptions.Data();
        var urls = new Option<string?>("--urls") { Description = "Addresses instead of --port, for example http://0.0.0.0:8080", HelpName = "URLS" };
        var engine = new Option<string?>("--engine") { Description = "embedded (one machine) or cluster. Default embedded", HelpName = "ENGINE" };
        var noDemo = new Option<bool>("--no-demo") { Description = "Without the three demo stores" };
        var standby = new Option<bool>("--standby") { Description = "Where another server holds the data: wait, warm, and take over when it ends" };
        var command = new Command("run", "Starts the product.") { port, data, urls, engine, noDemo, standby };
        command.SetAction((parsed, ct) => OneLine.GuardAsync(Console.Error, () => ServerRun.RunAsync(
            new(parsed.GetValue(port), parsed.GetValue(data), parsed.GetValue(urls), parsed.GetValue(engine), parsed.GetValue(noDemo) ? false : null, parsed.GetValue(standby) ? true : null),
            Console.Out,
            ct)));
        return command;
    }
}
