using System.Diagnostics.Metrics;
using SmartService.Gateway.Push;

namespace SmartService.Gateway.Operations;

/// <summary>The gateway's own figures. No tenant or customer is a label: those have no bound.</summary>
internal sealed class GatewayMeter : IOwnFigures, IDisposable
{
    public const string Name = "SmartService.Gateway";
    private readonly Meter _meter;
    private readonly Counter<long> _problems;
    private readonly Counter<long> _pushes;
    private readonly Histogram<double> _pushTime;

    public GatewayMeter(IMeterFactory meters, OpenStreams streams)
    {
        _meter = meters.Create(Name);
        _meter.CreateObservableUpDownCounter("smartservice.streams.open", () => streams.Count, "{stream}", "Open event streams");
        _problems = _meter.CreateCounter<long>("smartservice.problems", "{answer}", "Answers that said no, by code");
        _pushes = _meter.CreateCounter<long>("smartservice.pushes", "{event}", "Events written to open streams, by name; a popup is one of them");
        _pushTime = _meter.CreateHistogram<double>("smartservice.push.time", "s", "From the moment something happened to its write to an open stream; without what a stream catches up with");
    }

    public void CountProblem(string code, int status) => _problems.Add(1, new("code", code), new("status", status));

    /// <param name="isNew">Whether it happened while the stream was open.</param>
    public void CountPush(string name, bool toStaff, TimeSpan age, bool isNew)
    {
        _pushes.Add(1, new("event", name), new("to", toStaff ? "staff" : "shopper"));
        if (isNew)
        {
            _pushTime.Record(Math.Max(0, age.TotalSeconds));
        }
    }

    public void Dispose() => _meter.Dispose();
}
