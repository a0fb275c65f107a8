using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace SmartService.Gateway.Operations;

/// <summary>
/// Keeps what /metrics shows: listens to the instruments of this product, of ASP.NET Core, Kestrel and the runtime, and those of libraries that are asked for. Small on
/// purpose: the released Prometheus exporter of OpenTelemetry is a prerelease, and the format is a page long.
/// </summary>
internal sealed class MetricsExporter : IHostedService, IDisposable
{
    private const int MaxInstruments = 500;

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = new();
    private readonly Lock _rendering = new();

    /// <param name="meters">Figures that another host in this process keeps of itself are not shown.</param>
    /// <param name="own">Asked for so that their instruments exist from the start.</param>
    public MetricsExporter(FigureChoice choice, IMeterFactory meters, IEnumerable<IOwnFigures> own)
    {
        ArgumentNullException.ThrowIfNull(own);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (choice.Wants(instrument) && (instrument.Meter.Scope ?? meters) == meters && _metrics.Count < MaxInstruments)
            {
                listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument, static i => new Metric(i)));
            }
        };
        _listener.MeasurementsCompleted = (instrument, _) => _metrics.TryRemove(instrument, out var _);
        Listen<byte>();
        Listen<short>();
        Listen<int>();
        Listen<long>();
        Listen<float>();
        Listen<double>();
        Listen<decimal>();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public string Render()
    {
        // One at a time: what is observed is taken anew, and a series nobody reports any more is gone.
        using var one = _rendering.EnterScope();
        foreach (var metric in _metrics.Values.Where(m => m.IsObserved))
        {
            metric.Forget();
        }

        _listener.RecordObservableInstruments();
        var text = new StringBuilder(16 * 1024);
        foreach (var metric in _metrics.Values.DistinctBy(m => m.Name).OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            PrometheusText.Append(text, metric);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Listen<T>()
        where T : struct =>
        _listener.SetMeasurementEventCallback<T>(static (_, value, tags, state) => ((Metric)state!).Measure(Convert.ToDouble(value, null), tags));
}
