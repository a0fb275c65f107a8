using System.Diagnostics.Metrics;
using SmartService.Gateway.Push;

namespace SmartService.Gateway.Operations;

/// <summary>The gateway's own figures. No tenant or customer is a label: those have no bound.</summary>
internal sealed class GatewayMeter : IDisposable
{
    public const string Name = "SmartService.Gateway";
    private readonly Meter _meter;
    private readonly Counter<long> _problems;

    public GatewayMeter(IMeterFactory meters, OpenStreams streams)
    {
        _meter = meters.Create(Name);
        _meter.CreateObservableUpDownCounter("smartservice.streams.open", () => streams.Count, "{stream}", "Open event streams");
        _problems = _meter.CreateCounter<long>("smartservice.problems", "{answer}", "Answers that said no, by code");
    }

    public void CountProblem(string code, int status) => _problems.Add(1, new("code", code), new("status", status));

    public void Dispose() => _meter.Dispose();
}
