using System.Reflection;
using System.Xml.Linq;

namespace SmartService.Architecture.Tests;

/// <summary>The product's project files and sources.</summary>
internal static class Product
{
    public static string Root { get; } = typeof(Product).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> References { get; } = Read("ProjectReference");

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Packages { get; } = Read("PackageReference");

    public static IEnumerable<(string File, string Text)> Sources(string project) => SourcesIn(Path.Combine("src", project));

    public static IEnumerable<(string File, string Text)> TestSources() => SourcesIn("tests");

    private static IEnumerable<(string File, string Text)> SourcesIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(Root, f), File.ReadAllText(f)));

    private static Dictionary<string, IReadOnlyList<string>> Read(string item) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).ToDictionary(
            f => Path.GetFileNameWithoutExtension(f),
            IReadOnlyList<string> (f) => [.. XDocument.Load(f).Descendants(item).Select(r => (string)r.Attribute("Include")!)
                .Select(r => item == "ProjectReference" ? Path.GetFileNameWithoutExtension(r.Replace('\\', '/')) : r)]);
}
