using System.Diagnostics.Metrics;

namespace SmartService.Gateway.Operations;

/// <summary>Which instruments of the process are shown.</summary>
internal sealed class FigureChoice(IEnumerable<ForeignFigures> foreign)
{
    private const string Own = "SmartService";
    private static readonly string[] Whole = ["System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];
    private readonly Dictionary<string, HashSet<string>> _named =
        foreign.GroupBy(f => f.Meter, f => f.Instruments, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.SelectMany(i => i).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Names of meters, as OpenTelemetry takes them.</summary>
    public IEnumerable<string> Meters => [$"{Own}*", .. Whole, .. _named.Keys];

    public bool Wants(Instrument instrument)
    {
        var meter = instrument.Meter.Name;
        return meter == Own || meter.StartsWith(Own + ".", StringComparison.Ordinal) || Whole.Contains(meter)
            || (_named.TryGetValue(meter, out var names) && names.Contains(instrument.Name));
    }
}
