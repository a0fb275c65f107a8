using Microsoft.Extensions.Hosting;
using SmartService.Engine.Feeds;

namespace SmartService.Engine.Cluster.Nodes;

/// <summary>Makes what hears other gateways before Redis is reached, not when it is first asked: what was said before would be missed.</summary>
internal sealed class GatewayStart(IPresence presence, IJournalErasure erasure) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(presence);
        ArgumentNullException.ThrowIfNull(erasure);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
