using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartService.Architecture.Tests.Deploy;

/// <summary>Settings the product binds, with their defaults: the properties of its options classes, read from the sources, so that the cluster's are there too.</summary>
internal static partial class ProductSettings
{
    /// <summary>"SmartService:Cluster:Database" and all others; those that hold more than a value end in ':'.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Read();

    public static int Number(string setting) => int.Parse(All[setting].Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    /// <summary>As a variable of an environment or a file of secrets names it.</summary>
    public static bool Has(string variable)
    {
        var setting = variable.Replace("__", ":", StringComparison.Ordinal);
        return All.ContainsKey(setting) || All.Keys.Any(k => k.EndsWith(':') && setting.StartsWith(k, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Read()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, text) in Product.References.Keys.SelectMany(Product.Sources))
        {
            if (Section().Match(text) is { Success: true } section)
            {
                foreach (Match property in Property().Matches(text))
                {
                    var holds = property.Groups["type"].Value.Contains('<', StringComparison.Ordinal) ? ":" : "";
                    all[$"{section.Groups["path"].Value}:{property.Groups["name"].Value}{holds}"] = property.Groups["value"].Value;
                }
            }

            foreach (Match single in Single().Matches(text))
            {
                all[$"SmartService:{single.Groups["name"].Value}"] = "";
            }
        }

        return all;
    }

    [GeneratedRegex("""const string Section = "(?<path>SmartService[^"]*)";""")]
    private static partial Regex Section();

    [GeneratedRegex("""public (?<type>[\w<>?, ]+) (?<name>\w+) \{ get;( set;)? \}( = (?<value>[^;]+);)?""")]
    private static partial Regex Property();

    /// <summary>One that is read by itself, without a class.</summary>
    [GeneratedRegex("""const string Setting = HostSettings\.Section \+ ":(?<name>\w+)";""")]
    private static partial Regex Single();
}
