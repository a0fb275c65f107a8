using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SmartService.Engine;
using SmartService.Engine.Embedded;
using SmartService.Gateway;
using SmartService.Host.Commands;
using SmartService.Host.Standby;

namespace SmartService.Host.Running;

/// <summary>Runs the server from start to stop.</summary>
internal static class ServerRun
{
    public static async Task<int> RunAsync(RunArguments arguments, TextWriter output, CancellationToken ct)
    {
        while (true)
        {
            var (builder, settings) = ServerSetup.Prepare(arguments);
            await using var standby = new StandbyWait(arguments, settings, output);
            if (settings.Standby && !await standby.UntilFreeAsync(ct))
            {
                return await SayStoppedAsync(output);
            }

            try
            {
                return await ServeAsync(ServerSetup.Build(builder, settings, arguments), output, ct);
            }
            catch (DataFolderException) when (settings.Standby && EmbeddedData.IsInUse(settings.Data))
            {
                await output.WriteLineAsync("Another server was faster.");
            }
        }
    }

    private static async Task<int> ServeAsync(WebApplication built, TextWriter output, CancellationToken ct)
    {
        await using var app = built;
        var (keyFile, freshKey) = app.Services.PrepareKeys();
        await app.StartAsync(ct);
        await SayReadyAsync(app, output, keyFile, freshKey);
        await app.WaitForShutdownAsync(ct);
        return await SayStoppedAsync(output);
    }

    private static async Task<int> SayStoppedAsync(TextWriter output)
    {
        await output.WriteLineAsync("Stopped.");
        return 0;
    }

    private static async Task SayReadyAsync(WebApplication app, TextWriter output, string keyFile, string? freshKey)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var address = addresses.First().Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);
        var settings = app.Services.GetRequiredService<HostSettings>();
        await output.WriteLineAsync($"SmartService {VersionCommand.Text} listens on {string.Join(", ", addresses)}");
        await output.WriteLineAsync($"  data        {Path.GetFullPath(settings.Data)}");
        await output.WriteLineAsync($"  admin key   {keyFile}{(freshKey is null ? "" : $" (made now, shown once: {freshKey})")}");
        if (settings.Demo)
        {
            await output.WriteLineAsync($"  stores      {address}/demo");
        }

        await output.WriteLineAsync($"  console     {address}/console/");
        await output.WriteLineAsync($"  API         {address}/openapi/v1.json");
    }
}
