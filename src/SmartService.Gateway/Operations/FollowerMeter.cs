using System.Diagnostics.Metrics;
using SmartService.Engine.Following;

namespace SmartService.Gateway.Operations;

/// <summary>How far the followers of the journal have come: read models, reactions, webhooks.</summary>
internal sealed class FollowerMeter : IOwnFigures, IDisposable
{
    private readonly Meter _meter;

    /// <param name="services">The runner is looked for when figures are read: without an engine there is none.</param>
    public FollowerMeter(IMeterFactory meters, IServiceProvider services)
    {
        _meter = meters.Create("SmartService.Followers");
        _meter.CreateObservableGauge("smartservice.follower.lag", () => Of(services, f => f.Lag), "{event}", "Events a follower of the journal has not handled yet; only where it runs");
        _meter.CreateObservableGauge("smartservice.follower.failing", () => Of(services, f => f.Fault is null ? 0 : 1), "{bool}", "1 while a follower throws and is tried again");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Of(IServiceProvider services, Func<FollowerStatus, long> figure)
    {
        try
        {
            return (services.GetService<FollowerRunner>()?.Statuses ?? []).Select(f => new Measurement<long>(figure(f), new KeyValuePair<string, object?>("follower", f.Name)));
        }
        catch (ObjectDisposedException)
        {
            return []; // Its server is stopping; another one of this process still hears its meter.
        }
    }
}
