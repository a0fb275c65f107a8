using Microsoft.Extensions.Hosting;
using SmartService.Engine.Understanding;

namespace SmartService.Intent;

/// <summary>Makes the host open its models before it serves: a damaged file stops the start, not the first shopper.</summary>
internal sealed class ModelStartup(IUnderstanding understanding) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Being constructed is the work; the name proves that it was.
        ArgumentException.ThrowIfNullOrEmpty(understanding.ModelName);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
