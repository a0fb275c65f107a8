using SmartService.Drill.Commands;

return await DrillCommands.Build().Parse(args).InvokeAsync();
