using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using SmartService.Gateway.Peak;

namespace SmartService.Gateway.Operations;

/// <summary>
/// Keeps what /metrics shows: listens to the instruments of this product, of ASP.NET Core, Kestrel and the runtime. Small on
/// purpose: the released Prometheus exporter of OpenTelemetry is a prerelease, and the format is a page long.
/// </summary>
internal sealed class MetricsExporter : IHostedService, IDisposable
{
    private const int MaxInstruments = 500;

    private static readonly string[] Meters =
        ["SmartService", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = new();

    /// <param name="own">Asked for so that its instruments exist from the start.</param>
    /// <param name="peak">Likewise.</param>
    public MetricsExporter(GatewayMeter own, PeakMeter peak)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(peak);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Wants(instrument.Meter.Name) && _metrics.Count < MaxInstruments)
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
        _listener.RecordObservableInstruments();
        var text = new StringBuilder(16 * 1024);
        foreach (var metric in _metrics.Values.DistinctBy(m => m.Name).OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            PrometheusText.Append(text, metric);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    public static bool Wants(string meter) =>
        Meters.Any(m => meter == m || (m == "SmartService" && meter.StartsWith("SmartService.", StringComparison.Ordinal)));

    private void Listen<T>()
        where T : struct =>
        _listener.SetMeasurementEventCallback<T>(static (_, value, tags, state) => ((Metric)state!).Measure(Convert.ToDouble(value, null), tags));
}
