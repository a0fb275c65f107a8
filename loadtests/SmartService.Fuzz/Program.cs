using System.CommandLine;
using SmartService.Fuzz;

return await FuzzCommands.Build().Parse(args).InvokeAsync();
