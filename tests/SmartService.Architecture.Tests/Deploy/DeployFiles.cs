using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace SmartService.Architecture.Tests.Deploy;

/// <summary>What is shipped for running the product elsewhere, read as trees: maps, lists and texts.</summary>
internal static class DeployFiles
{
    public const string Embedded = "docker-compose.yml";
    public const string Cluster = "deploy/docker/docker-compose.cluster.yml";

    public static IEnumerable<string> Named(string ending) =>
        Directory.EnumerateFiles(Path.Combine(Product.Root, "deploy"), "*" + ending, SearchOption.AllDirectories).Append(Path.Combine(Product.Root, Embedded))
            .Where(f => f.EndsWith(ending, StringComparison.Ordinal) && !f.Contains("/secrets/", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Product.Root, f)).Order(StringComparer.Ordinal);

    public static string Text(string file) => File.ReadAllText(Path.Combine(Product.Root, file));

    public static JsonNode Json(string file) => JsonNode.Parse(Text(file))!;

    /// <summary>All documents of a file, with anchors and merge keys resolved.</summary>
    public static IReadOnlyList<Dictionary<string, object>> Yaml(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Text(file)));
        return [.. stream.Documents.Select(d => (Dictionary<string, object>)Plain(d.RootNode))];
    }

    public static Dictionary<string, object> Map(this Dictionary<string, object> map, string key) =>
        map.TryGetValue(key, out var value) && value is Dictionary<string, object> found ? found : [];

    public static IReadOnlyList<object> List(this Dictionary<string, object> map, string key) =>
        map.TryGetValue(key, out var value) && value is List<object> found ? found : [];

    public static IEnumerable<Dictionary<string, object>> Maps(this Dictionary<string, object> map, string key) => map.List(key).OfType<Dictionary<string, object>>();

    public static string? Value(this Dictionary<string, object> map, string key) => map.TryGetValue(key, out var value) ? value as string : null;

    private static object Plain(YamlNode node) => node switch
    {
        YamlScalarNode text => text.Value ?? "",
        YamlSequenceNode list => list.Select(Plain).ToList(),
        YamlMappingNode map => Merged(map),
        _ => throw new InvalidOperationException($"A {node.GetType().Name} at {node.Start}."),
    };

    /// <summary>What a map says itself goes before what it takes from others.</summary>
    private static Dictionary<string, object> Merged(YamlMappingNode map)
    {
        var plain = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Children)
        {
            var name = ((YamlScalarNode)key).Value!;
            if (name != "<<")
            {
                plain[name] = Plain(value);
            }
        }

        foreach (var from in map.Children.Where(c => ((YamlScalarNode)c.Key).Value == "<<").Select(c => (Dictionary<string, object>)Plain(c.Value)))
        {
            foreach (var (name, value) in from)
            {
                plain.TryAdd(name, value);
            }
        }

        return plain;
    }
}
