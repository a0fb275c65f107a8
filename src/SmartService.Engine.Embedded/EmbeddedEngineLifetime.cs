using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SmartService.Engine.Embedded;

/// <summary>Opens the engine with the host and closes it with the host, after all that was added later has stopped.</summary>
internal sealed class EmbeddedEngineLifetime(IServiceProvider provider) : IHostedService
{
    private EmbeddedEngine? _engine;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _engine = provider.GetRequiredService<EmbeddedEngine>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => _engine?.Dispose(), CancellationToken.None);
}
