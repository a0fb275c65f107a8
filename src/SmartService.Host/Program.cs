using SmartService.Host.Commands;

// Everything starts here: a verb and its options. `run` is the verb when none is named.
return await HostCommands.InvokeAsync(args);
