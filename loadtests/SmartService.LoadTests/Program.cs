using System.CommandLine;
using System.Globalization;
using SmartService.Drill.Commands;
using SmartService.Drill.Servers;
using SmartService.Drills.Files;
using SmartService.Drills.Stores;
using SmartService.LoadTests;

// The scenarios of the drills under NBomber: its schedule, its statistics, its reports.
var name = new Argument<string>("drill") { Description = "A drill's file, or the name of a shipped one." };
var scale = new Option<double>("--scale") { Description = "How many shoppers come, against what the file says. Default 1.", DefaultValueFactory = _ => 1 };
var time = new Option<double>("--time") { Description = "How long everything lasts, against what the file says. Default 1.", DefaultValueFactory = _ => 1 };
var reports = new Option<string?>("--reports") { Description = "Folder of NBomber's reports. Default artifacts/drills/TIME-NAME-nbomber." };
var root = new RootCommand("Runs a drill's shoppers under NBomber.") { name, scale, time, reports };
root.SetAction(async (parsed, ct) =>
{
    try
    {
        var drill = DrillReader.Read(Places.Find(parsed.GetValue(name)!)).Scaled(parsed.GetValue(scale), parsed.GetValue(time));
        var folder = parsed.GetValue(reports)
            ?? Path.Combine(Places.Reports, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{drill.Name}-nbomber"));
        return await NBomberRun.RunAsync(drill, folder, ct);
    }
    catch (Exception e) when (e is DrillFileException or ServerException or StoreException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return DrillCommands.Misused;
    }
});
return await root.Parse(args).InvokeAsync();
