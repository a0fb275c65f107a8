using System.Text.RegularExpressions;

namespace SmartService.Architecture.Tests.Deploy;

/// <summary>Names that /metrics of a gateway or a silo shows: made of the instruments' names in the sources as the product itself makes them.</summary>
internal static partial class ProductFigures
{
    /// <summary>Of the runtime and ASP.NET Core, as seen at /metrics of both hosts, and what Prometheus adds itself.</summary>
    private static readonly string[] Libraries =
    [
        "up", "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes", "dotnet_gc_pause_time_seconds_total",
        "dotnet_gc_heap_total_allocated_bytes_total", "dotnet_thread_pool_queue_length_total", "kestrel_active_connections", .. Histogram("http_server_request_duration_seconds"),
    ];

    public static IReadOnlySet<string> All { get; } = Own().Concat(Foreign()).Concat(Libraries).ToHashSet(StringComparer.Ordinal);

    /// <summary>Names in an expression that are asked of Prometheus.</summary>
    public static IEnumerable<string> In(string expression) =>
        Name().Matches(Aside().Replace(expression, " ")).Select(m => m.Value).Where(n => !Words.Contains(n)).Distinct(StringComparer.Ordinal);

    private static readonly HashSet<string> Words =
    [
        "sum", "max", "min", "rate", "increase", "histogram_quantile", "topk", "clamp_min", "max_over_time", "by", "on", "group_left", "or", "and", "humanizeDuration",
    ];

    private static IEnumerable<string> Own()
    {
        foreach (var (file, text) in Product.References.Keys.SelectMany(Product.Sources))
        {
            foreach (Match made in Instrument().Matches(text))
            {
                var words = Literal().Matches(made.Value).Select(m => m.Groups[1].Value).ToList();
                words.Count.ShouldBeGreaterThan(1, $"{file}: {made.Value} has no description");
                var unit = words.Count > 2 ? words[^2] : "";
                var name = Plain(words[0]) + unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
                foreach (var shown in made.Groups["kind"].Value switch
                {
                    "CreateHistogram" => Histogram(name),
                    "CreateCounter" or "CreateObservableCounter" => [name + "_total"],
                    _ => [name],
                })
                {
                    yield return shown;
                }
            }
        }
    }

    /// <summary>Instruments of libraries that the hosts ask for by name.</summary>
    private static IEnumerable<string> Foreign() => Product.Sources("SmartService.Host.Cluster")
        .Where(s => s.Text.Contains("new ForeignFigures", StringComparison.Ordinal))
        .SelectMany(s => Literal().Matches(s.Text)).Select(m => Plain(m.Groups[1].Value)).SelectMany(n => new[] { n, n + "_total" });

    private static string[] Histogram(string name) => [name + "_bucket", name + "_sum", name + "_count"];

    private static string Plain(string name) => NotAllowed().Replace(name, "_");

    [GeneratedRegex("""(?<kind>Create(Observable)?(Counter|Gauge|Histogram|UpDownCounter)|Observe)(<\w+>)?\(\s*"smartservice\..*?"\);""", RegexOptions.Singleline)]
    private static partial Regex Instrument();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("[^a-zA-Z0-9]")]
    private static partial Regex NotAllowed();

    /// <summary>Labels, durations, texts and lists of labels.</summary>
    [GeneratedRegex("""\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b(by|on|group_left) \([^)]*\)""")]
    private static partial Regex Aside();

    [GeneratedRegex("[a-zA-Z_][a-zA-Z0-9_]+")]
    private static partial Regex Name();
}
