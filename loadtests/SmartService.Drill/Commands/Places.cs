using System.Reflection;
using SmartService.Drills.Files;

namespace SmartService.Drill.Commands;

/// <summary>Where drills are found and reports are put.</summary>
internal static class Places
{
    public static string Root { get; } = typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static string Drills { get; } = Path.Combine(Root, "loadtests", "drills");

    public static string Reports { get; } = Path.Combine(Root, "artifacts", "drills");

    /// <summary>The product's executable, beside this one in the build's output: bin/SmartService.Host/{configuration}/.</summary>
    public static string Host
    {
        get
        {
            var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
            return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "SmartService.Host", configuration, "SmartService.Host.dll"));
        }
    }

    /// <summary>A file, or one of the shipped drills by its name.</summary>
    /// <exception cref="DrillFileException">There is neither.</exception>
    public static string Find(string nameOrFile)
    {
        var shipped = Path.Combine(Drills, nameOrFile + ".yaml");
        return File.Exists(nameOrFile) ? nameOrFile
            : File.Exists(shipped) ? shipped
            : throw new DrillFileException([$"There is no file {nameOrFile} and no shipped drill of that name. Shipped: {string.Join(", ", Shipped())}."]);
    }

    public static IEnumerable<string> Shipped() =>
        Directory.EnumerateFiles(Drills, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    /// <summary>The newest report that was kept; null when there is none.</summary>
    public static string? NewestReport() => !Directory.Exists(Reports) ? null
        : Directory.EnumerateFiles(Reports, "report.json", SearchOption.AllDirectories).OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault();
}
