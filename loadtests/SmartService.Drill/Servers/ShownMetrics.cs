using System.Globalization;

namespace SmartService.Drill.Servers;

/// <summary>Reads what a server shows at /metrics, in Prometheus' text format.</summary>
internal static class ShownMetrics
{
    /// <summary>One figure, all its series added up; null when there is none of the name.</summary>
    public static double? Sum(string text, string name)
    {
        var values = text.Split('\n').Where(l => l.StartsWith(name + " ", StringComparison.Ordinal) || l.StartsWith(name + "{", StringComparison.Ordinal))
            .Select(l => double.Parse(l.AsSpan(l.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture)).ToList();
        return values.Count == 0 ? null : values.Sum();
    }
}
