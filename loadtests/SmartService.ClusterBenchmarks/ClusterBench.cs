using System.Globalization;
using System.Text.Json;

namespace SmartService.Benchmarks.Cluster;

/// <summary>smart bench cluster [--seconds N] [--connections N] [--outstanding 64,256,1000] [--silos 1,2,3] [--only engine|messages|path] [--base-port N] [--json FILE].</summary>
internal static class ClusterBench
{
    public static async Task<int> Main(string[] args)
    {
        if (args is ["silo", ..])
        {
            await BenchMember.RunSiloAsync();
            return 0;
        }

        var only = Option(args, "--only");
        var time = TimeSpan.FromSeconds(double.Parse(Option(args, "--seconds") ?? "10", CultureInfo.InvariantCulture));
        var connections = int.Parse(Option(args, "--connections") ?? "64", CultureInfo.InvariantCulture);
        var outstanding = Numbers(Option(args, "--outstanding") ?? "64,256,1000");
        var basePort = int.Parse(Option(args, "--base-port") ?? "21300", CultureInfo.InvariantCulture);
        var silos = Numbers(Option(args, "--silos") ?? "1,2,3");
        var folder = Directory.CreateTempSubdirectory("smartservice-bench-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101); // PostgreSQL's own user goes through it.
        }

        var figures = new List<Figure>();
        try
        {
            if (only is null or "engine" or "messages")
            {
                await foreach (var figure in EngineFigures.MeasureAsync(Path.Combine(folder, "engine"), basePort, time, outstanding, only == "messages"))
                {
                    Say(figures, figure);
                }
            }

            if (only is null or "path")
            {
                await foreach (var figure in PathFigures.MeasureAsync(folder, basePort, silos, time, connections))
                {
                    Say(figures, figure);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        if (Option(args, "--json") is { } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new Dictionary<string, List<Figure>> { ["cluster"] = figures }, JsonSerializerOptions.Web));
        }

        return 0;
    }

    private static void Say(List<Figure> figures, Figure figure)
    {
        figures.Add(figure);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure.Name,-75} {figure.Value,14:N1} {figure.Unit}"));
    }

    private static int[] Numbers(string list) => [.. list.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
