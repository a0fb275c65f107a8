using System.Buffers;
using System.Globalization;
using System.Text;

namespace SmartService.Gateway.Operations;

/// <summary>The text format 0.0.4 of Prometheus.</summary>
/// <remarks>Prometheus documentation, "Exposition formats".</remarks>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private const int MaxLabelLength = 200;

    [ThreadStatic]
    private static ArrayBufferWriter<char>? _labels;

    /// <summary>Labels without braces; empty when there are none. Made for every measurement, so without garbage.</summary>
    /// <returns>In memory of this thread: valid until its next call.</returns>
    public static ReadOnlySpan<char> Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = _labels ??= new(512);
        text.ResetWrittenCount();
        foreach (var (name, value) in tags)
        {
            text.Write(text.WrittenCount == 0 ? "" : ",");
            var letters = text.GetSpan(name.Length);
            for (var i = 0; i < name.Length; i++)
            {
                letters[i] = char.IsAsciiLetterOrDigit(name[i]) ? name[i] : '_';
            }

            text.Advance(name.Length);
            text.Write("=\"");
            AppendEscaped(text, value);
            text.Write("\"");
        }

        return text.WrittenSpan;
    }

    public static void Append(StringBuilder text, Metric metric)
    {
        text.Append("# HELP ").Append(metric.Name).Append(' ').Append(metric.Help.ReplaceLineEndings(" ").Replace("\\", "\\\\", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(metric.Name).Append(' ').Append(metric.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        }).Append('\n');
        foreach (var series in metric.Series)
        {
            Append(text, metric.Name, series);
        }
    }

    private static void Append(StringBuilder text, string name, MetricSeries series)
    {
        var (sum, count, buckets) = series.Read();
        if (buckets is null)
        {
            Line(text, name, series.Labels, sum);
            return;
        }

        var comma = series.Labels.Length == 0 ? "" : ",";
        long cumulated = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            cumulated += buckets[i];
            var bound = i < series.Bounds!.Length ? series.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Line(text, name + "_bucket", $"{series.Labels}{comma}le=\"{bound}\"", cumulated);
        }

        Line(text, name + "_sum", series.Labels, sum);
        Line(text, name + "_count", series.Labels, count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static void AppendEscaped(ArrayBufferWriter<char> text, object? value)
    {
        Span<char> formatted = stackalloc char[MaxLabelLength];
        if (value is ISpanFormattable number && number.TryFormat(formatted, out var length, default, CultureInfo.InvariantCulture))
        {
            AppendEscaped(text, formatted[..length]);
            return;
        }

        var plain = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        AppendEscaped(text, plain.AsSpan(0, Math.Min(plain.Length, MaxLabelLength)));
    }

    private static void AppendEscaped(ArrayBufferWriter<char> text, ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            switch (c)
            {
                case '\\' or '"':
                    text.Write(['\\', c]);
                    break;
                case '\n':
                    text.Write("\\n");
                    break;
                default:
                    text.Write([c]);
                    break;
            }
        }
    }
}
