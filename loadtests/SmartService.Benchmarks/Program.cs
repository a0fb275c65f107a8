using System.Globalization;
using SmartService.Benchmarks;
using SmartService.Benchmarks.Product;

// A drill's driver serves its sockets so. Neither the product nor its reference may inherit it, and who waits here for a process to end would never hear of it.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", null);

if (args is ["echo-server", var port])
{
    await EchoServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture)); // Until it is killed.
    return 0;
}

return await BenchCommand.Build().Parse(args).InvokeAsync();
