using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartService.Architecture.Tests.Deploy;

/// <summary>What the hosts' sources say of addresses and times.</summary>
internal static partial class HostCode
{
    private static readonly string Silo = All("SmartService.Host.Cluster");
    private static readonly string Gateway = All("SmartService.Gateway");

    /// <summary>Seconds a silo may take to end.</summary>
    public static int SiloStopsWithin { get; } = int.Parse(StopTime().Match(Silo).Groups[1].Value, CultureInfo.InvariantCulture);

    public static bool SiloAnswers(string path) => Maps(Silo, path) || (path == "/metrics" && Silo.Contains("MapFigures()", StringComparison.Ordinal) && GatewayAnswers(path));

    public static bool GatewayAnswers(string path) => Maps(Gateway, path);

    private static bool Maps(string text, string path) => text.Contains($"MapGet(\"{path}\"", StringComparison.Ordinal);

    private static string All(string project) => string.Concat(Product.Sources(project).Select(s => s.Text));

    [GeneratedRegex(@"ShutdownTimeout = TimeSpan\.FromSeconds\(([0-9]+)\)")]
    private static partial Regex StopTime();
}
