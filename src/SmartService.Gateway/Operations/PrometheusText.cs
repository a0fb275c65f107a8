using System.Globalization;
using System.Text;

namespace SmartService.Gateway.Operations;

/// <summary>The text format 0.0.4 of Prometheus.</summary>
/// <remarks>Prometheus documentation, "Exposition formats".</remarks>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private const int MaxLabelLength = 200;

    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",");
            foreach (var c in name)
            {
                text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
            }

            text.Append("=\"");
            AppendEscaped(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            text.Append('"');
        }

        return text.ToString();
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

    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var c in value.Length > MaxLabelLength ? value.AsSpan(0, MaxLabelLength) : value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(c),
            };
        }
    }
}
