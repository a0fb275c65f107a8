using Microsoft.Extensions.Hosting;
using SmartService.Engine.Understanding;

namespace SmartService.Intent;

/// <summary>Makes the host open its models before it serves: a damaged file stops the start, not the first shopper.</summary>
internal sealed class ModelStartup(IUnderstanding understanding, IQuestionPredictor predictor) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Being constructed is the work; both tried themselves then.
        ArgumentNullException.ThrowIfNull(understanding);
        ArgumentNullException.ThrowIfNull(predictor);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
