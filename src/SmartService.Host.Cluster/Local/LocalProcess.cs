using System.Diagnostics;
using System.Globalization;
using SmartService.Host.Commands;

namespace SmartService.Host.Cluster.Local;

/// <summary>One process that goes on when this one ends; found again by the number in its file.</summary>
internal sealed class LocalProcess(string folder, string name)
{
    private string PidFile => Path.Combine(folder, "run", name + ".pid");

    public string Name => name;

    public string Log => Path.Combine(folder, "logs", name + ".log");

    /// <summary>Null when it does not run. Its file outlives a machine that was switched off, and its number may be another process's by now: the time of its start tells.</summary>
    public int? Id
    {
        get
        {
            var noted = File.Exists(PidFile) ? File.ReadAllText(PidFile).Split('\n') : [];
            return noted.Length > 1 && int.TryParse(noted[0], CultureInfo.InvariantCulture, out var id)
                && StatOf(id) is { } stat && !IsZombie(stat) && StartOf(stat) == StartOf(noted[1]) ? id : null;
        }
    }

    /// <summary>Starts it in a session of its own, its output in its log.</summary>
    public async Task StartAsync(string command, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PidFile)!);
        Directory.CreateDirectory(Path.GetDirectoryName(Log)!);
        var start = new ProcessStartInfo("setsid") { ArgumentList = { "-f", "sh", "-c", "stat=$(cat /proc/$$/stat); printf '%s\\n%s\\n' $$ \"$stat\" >\"$1\"; log=\"$2\"; shift 2; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", PidFile, Log, command } };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        File.Delete(PidFile);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        for (var tries = 0; !(File.Exists(PidFile) && new FileInfo(PidFile).Length > 0) && tries < 200; tries++)
        {
            await Task.Delay(10);
        }
    }

    public void Signal(string signal)
    {
        if (Id is { } id)
        {
            Process.Start("kill", ["-" + signal, id.ToString(CultureInfo.InvariantCulture)])!.Dispose();
        }
    }

    /// <summary>Asks it to end, waits, and ends it.</summary>
    public async Task StopAsync(TimeSpan within, string signal = "TERM")
    {
        Signal(signal);
        var clock = Stopwatch.StartNew();
        while (Id is not null)
        {
            if (clock.Elapsed > within)
            {
                Signal("KILL");
                within += within;
            }

            await Task.Delay(20);
        }
    }

    public string LastWords() => File.Exists(Log) ? string.Join(" / ", File.ReadLines(Log).TakeLast(4)) : "it said nothing";

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="CommandException">It failed.</exception>
    public static async Task RunAsync(string log, string command, params string[] arguments)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "log=\"$1\"; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "sh", log, command, .. arguments]))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new CommandException($"{Path.GetFileName(command)} failed with exit code {process.ExitCode}; see {log}. {string.Join(" / ", File.ReadLines(log).TakeLast(2))}");
        }
    }

    private static string? StatOf(int process)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        }
        catch (IOException)
        {
            return null; // Gone.
        }
    }

    /// <summary>Ended, and nobody has buried it.</summary>
    private static bool IsZombie(string stat) => stat.Contains(") Z ", StringComparison.Ordinal);

    /// <summary>When it began, in ticks since the machine did: the twentieth number after its name; proc(5).</summary>
    private static string? StartOf(string stat) => stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(19);
}
