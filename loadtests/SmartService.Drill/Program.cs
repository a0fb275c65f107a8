using SmartService.Drill.Commands;

var parsed = DrillCommands.Build().Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? DrillCommands.Misused : code;
