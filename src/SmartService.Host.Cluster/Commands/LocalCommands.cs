using System.CommandLine;
using SmartService.Host.Cluster.Local;
using SmartService.Host.Commands;

namespace SmartService.Host.Cluster.Commands;

/// <summary>A cluster of processes on this machine.</summary>
internal static class LocalCommands
{
    public static Command BuildUp()
    {
        var folder = Folder();
        var silos = new Option<int>("--silos") { Description = "Silos, 1 to 20. Default 3", DefaultValueFactory = _ => 3, HelpName = "N" };
        var gateways = new Option<int>("--gateways") { Description = "Gateways, 1 to 20. Default 2", DefaultValueFactory = _ => 2, HelpName = "N" };
        var port = new Option<int>("--port") { Description = "Where shoppers come in, this machine only. Default 8080", DefaultValueFactory = _ => 8080, HelpName = "N" };
        var basePort = new Option<int>("--base-port") { Description = "First of 100 ports its parts use. Default 21100", DefaultValueFactory = _ => 21_100, HelpName = "N" };
        var noDemo = new Option<bool>("--no-demo") { Description = "Without the three demo stores" };
        var command = new Command("up", "Starts PostgreSQL, Redis, silos, gateways and HAProxy on this machine, or what of them does not run.")
        {
            folder, silos, gateways, port, basePort, noDemo,
        };
        command.SetAction((parsed, ct) => NodeCommands.GuardAsync(async () =>
        {
            var plan = new LocalPlan(
                Path.GetFullPath(parsed.GetValue(folder)!), InRange(parsed.GetValue(silos), "--silos"), InRange(parsed.GetValue(gateways), "--gateways"),
                parsed.GetValue(port), parsed.GetValue(basePort), !parsed.GetValue(noDemo), []);
            await new LocalCluster(plan, Console.Out).UpAsync(ct);
            return 0;
        }));
        return command;
    }

    public static Command BuildDown()
    {
        var folder = Folder();
        var command = new Command("down", "Stops all of it, in order; the data stays.") { folder };
        command.SetAction((parsed, _) => NodeCommands.GuardAsync(async () =>
        {
            await Find(parsed.GetValue(folder)!).DownAsync();
            await Console.Out.WriteLineAsync("Stopped.");
            return 0;
        }));
        return command;
    }

    public static Command BuildStatus()
    {
        var folder = Folder();
        var command = new Command("status", "Says what runs: exit code 0 when all of it does, else 1.") { folder };
        command.SetAction((parsed, _) => NodeCommands.GuardAsync(async () =>
        {
            var all = true;
            foreach (var (name, id, where) in Find(parsed.GetValue(folder)!).Parts())
            {
                await Console.Out.WriteLineAsync($"{name,-12} {(id is { } pid ? $"runs ({pid})" : "is down"),-16} {where}");
                all &= id is not null;
            }

            return all ? 0 : 1;
        }));
        return command;
    }

    public static Command BuildKill()
    {
        var silo = new Argument<int>("silo") { Description = "Its number, from 1." };
        var folder = Folder();
        var command = new Command("kill", "Kills one silo (kill -9). Its entities move to the others; up starts it again.") { silo, folder };
        command.SetAction((parsed, _) => NodeCommands.GuardAsync(async () =>
        {
            var cluster = Find(parsed.GetValue(folder)!);
            var number = parsed.GetValue(silo);
            if (number < 1 || number > cluster.Silos.Count || cluster.Silos[number - 1].Id is null)
            {
                throw new CommandException($"silo-{number} does not run. See: status.");
            }

            cluster.Silos[number - 1].Signal("KILL");
            await Console.Out.WriteLineAsync($"silo-{number} is killed.");
            return 0;
        }));
        return command;
    }

    public static Command BuildFault()
    {
        var name = new Argument<string>("fault") { Description = $"One of: all, {string.Join(", ", ClusterFault.All.Select(f => f.Name))}." };
        var drill = new Option<string>("--drill") { Description = "SmartService.Drill.dll, which sends and checks.", Required = true, HelpName = "FILE" };
        var scale = new Option<double>("--scale") { Description = "How many shoppers come, against what the drill says. Default 1", DefaultValueFactory = _ => 1 };
        var silos = new Option<int>("--silos") { Description = "Silos. Default 3", DefaultValueFactory = _ => 3, HelpName = "N" };
        var basePort = new Option<int>("--base-port") { Description = "First of 100 ports its parts use. Default 21200", DefaultValueFactory = _ => 21_200, HelpName = "N" };
        var command = new Command("fault", "Starts a cluster of its own, sends messages to it, does the fault, and says what was lost, doubled and reordered.")
        {
            name, drill, scale, silos, basePort,
        };
        command.SetAction((parsed, ct) => NodeCommands.GuardAsync(() => new FaultRun(
            parsed.GetValue(drill)!, parsed.GetValue(scale), InRange(parsed.GetValue(silos), "--silos"), parsed.GetValue(basePort), Console.Out)
            .RunAsync(ClusterFault.Named(parsed.GetValue(name)!), ct)));
        return command;
    }

    private static Option<string> Folder() =>
        new("--data") { Description = "Folder of the cluster's data. Default ./cluster", DefaultValueFactory = _ => "cluster", HelpName = "DIR" };

    private static LocalCluster Find(string folder) => LocalPlan.Find(folder) is { } plan
        ? new(plan, Console.Out)
        : throw new CommandException($"There is no cluster in {Path.GetFullPath(folder)}. Start one with up, or name its folder with --data DIR.");

    private static int InRange(int number, string option) => number is >= 1 and <= 20 ? number : throw new CommandException($"{option} must be between 1 and 20.");
}
