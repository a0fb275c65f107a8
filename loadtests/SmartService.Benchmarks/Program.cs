using System.Globalization;
using SmartService.Benchmarks;
using SmartService.Benchmarks.Product;

if (args is ["echo-server", var port])
{
    await EchoServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture)); // Until it is killed.
    return 0;
}

return await BenchCommand.Build().Parse(args).InvokeAsync();
