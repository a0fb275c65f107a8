using System.Globalization;

namespace SmartService.Benchmarks.Cluster;

/// <summary>CPU seconds of processes of this machine, as the kernel counts them: in hundredths.</summary>
internal static class Cpu
{
    private const double TicksPerSecond = 100;

    /// <summary>0 for one that has ended.</summary>
    public static double SecondsOf(int? process) => process is { } id && Fields(id) is { } fields ? (fields[11] + fields[12]) / TicksPerSecond : 0;

    /// <summary>With the processes it started, those that have ended included: PostgreSQL has one per connection.</summary>
    public static double SecondsOfFamily(int? process) => process is { } id && Fields(id) is { } own
        ? ((own[11] + own[12] + own[13] + own[14]) / TicksPerSecond) + Children(id).Sum(child => SecondsOf(child))
        : 0;

    /// <summary>CPU seconds so far of the threads that compile hot code again in the background.</summary>
    public static Dictionary<string, double> CompilingOf(IEnumerable<int?> processes) => processes
        .Where(process => Directory.Exists(TasksOf(process)))
        .SelectMany(process => Directory.EnumerateDirectories(TasksOf(process)))
        .Where(task => NameOf(task).StartsWith(".NET Tiered", StringComparison.Ordinal))
        .ToDictionary(task => task, task => Fields(task) is { } fields ? (fields[11] + fields[12]) / TicksPerSecond : 0, StringComparer.Ordinal);

    private static string TasksOf(int? process) => string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task");

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return ""; // Ended meanwhile.
        }
    }

    private static IEnumerable<int> Children(int process) => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => char.IsAsciiDigit(name![0]))
        .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
        .Where(id => Fields(id) is { } fields && fields[1] == process);

    /// <summary>The numbers after the command's name, from its state (0 here) on; proc(5).</summary>
    private static long[]? Fields(int process) => Fields(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}"));

    private static long[]? Fields(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return [.. stat[(stat.LastIndexOf(')') + 2)..].Split(' ').Select(f => long.TryParse(f, CultureInfo.InvariantCulture, out var number) ? number : 0)];
        }
        catch (IOException)
        {
            return null; // Gone meanwhile.
        }
    }
}
