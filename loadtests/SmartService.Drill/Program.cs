using SmartService.Drill.Commands;
using SmartService.Faults.Drills;

if (args is [KillDrill.ChildVerb, var folder, var run])
{
    await KillDrill.ChildAsync(folder, run); // Until it is killed.
    return DrillCommands.Failed;
}

var parsed = DrillCommands.Build().Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? DrillCommands.Misused : code;
