using System.CommandLine;
using SmartService.Host.Training;

namespace SmartService.Host.Commands;

/// <summary><c>train tenant</c>: trains a store's own model, or takes it back.</summary>
internal static class TenantTrainingCommands
{
    public static Command BuildTenant()
    {
        var tenant = new Argument<string>("TENANT") { Description = "Id of the store" };
        var data = SharedOptions.Data();
        var url = new Option<string?>("--url") { Description = "Server that holds the data. Default: http://localhost:8080 when one runs on the folder, else none is needed", HelpName = "URL" };
        var rollback = new Option<bool>("--rollback") { Description = "Brings back the model that was live before" };
        var command = new Command("tenant", "Trains a store's own model; it goes live when it is proven better.") { tenant, data, url, rollback };
        command.SetAction((parsed, ct) => OneLine.GuardAsync(Console.Error, () => TenantTrainingRun.RunAsync(
            new(parsed.GetValue(tenant)!, parsed.GetValue(data) ?? "data", parsed.GetValue(url), parsed.GetValue(rollback)), Console.Out, ct)));
        return command;
    }
}
