using System.Globalization;
using SmartService.Drill.Servers;

namespace SmartService.Drill.Driving;

/// <summary>Whether this process, and the server it starts, may open as many connections as a drill can come to need.</summary>
internal static class OpenFiles
{
    /// <summary>Files, libraries and listeners of the process itself, and of the server: its journal and indexes.</summary>
    private const int Others = 1_000;

    /// <exception cref="ServerException">The limit is too low; the message says what to do.</exception>
    public static void Check(Drills.Drill drill) => Check(drill, Limit());

    /// <param name="limit">Null when it is not known.</param>
    public static void Check(Drills.Drill drill, long? limit)
    {
        var streams = (int)Math.Ceiling(drill.Store.Shoppers * drill.Shoppers.Streams * (drill.Noise is null ? 1 : 1.5));
        var needed = drill.Connections + streams + Others;
        if (limit < needed)
        {
            throw new ServerException(string.Create(
                CultureInfo.InvariantCulture,
                $"This drill may open {drill.Connections:N0} connections and about {streams:N0} streams, and {limit:N0} open files are allowed here. Allow more with \"ulimit -n {needed}\", or lower connections or --scale."));
        }
    }

    /// <summary>The soft limit; the runtime has raised it to the hard one when it started.</summary>
    private static long? Limit()
    {
        const string Limits = "/proc/self/limits";
        var line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal)) : null;
        return long.TryParse(line?[14..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], out var limit) ? limit : null;
    }
}
