using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace SmartService.Gateway.Operations;

internal enum MetricKind
{
    Counter, Gauge, Histogram,
}

/// <summary>All series of one instrument, at most 300: a label that grows without bound must not take the memory.</summary>
internal sealed class Metric
{
    private const int MaxSeries = 300;

    /// <summary>Seconds, as ASP.NET Core's own durations; other units get the second list.</summary>
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Plain = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000];
    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MetricSeries>.AlternateLookup<ReadOnlySpan<char>> _byLabels;
    private readonly double[]? _bounds;

    public Metric(Instrument instrument)
    {
        _byLabels = _series.GetAlternateLookup<ReadOnlySpan<char>>();
        Kind = KindOf(instrument);
        Name = NameOf(instrument, Kind);
        Help = instrument.Description ?? instrument.Name;
        _bounds = Kind != MetricKind.Histogram ? null : instrument.Unit == "s" ? Seconds : Plain;
        IsObserved = instrument.IsObservable;
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    public bool IsObserved { get; }

    public IEnumerable<MetricSeries> Series => _series.Values;

    /// <summary>Forgets all series; of what is observed the next look brings those there are.</summary>
    public void Forget() => _series.Clear();

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(tags);
        switch (Kind)
        {
            case MetricKind.Histogram:
                series.Record(value);
                break;
            case MetricKind.Counter or MetricKind.Gauge when IsObserved:
                series.Set(value); // observed instruments report totals
                break;
            default:
                series.Add(value);
                break;
        }
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        if (_byLabels.TryGetValue(labels, out var known))
        {
            return known;
        }

        return _series.GetOrAdd(_series.Count < MaxSeries ? labels.ToString() : "overflow=\"true\"", static (l, bounds) => new(l, bounds), _bounds);
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return open == typeof(Counter<>) || open == typeof(ObservableCounter<>) ? MetricKind.Counter
            : open == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }

    /// <summary>"http.server.request.duration" in "s" becomes "http_server_request_duration_seconds".</summary>
    private static string NameOf(Instrument instrument, MetricKind kind)
    {
        var name = new StringBuilder(instrument.Name.Length + 16);
        foreach (var c in instrument.Name)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        name.Append(unit);
        return kind == MetricKind.Counter ? name.Append("_total").ToString() : name.ToString();
    }
}
