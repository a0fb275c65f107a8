using System.Diagnostics;
using System.Globalization;

namespace SmartService.Gateway.Peak;

/// <summary>
/// Share of the processors this process may use that is used: by itself, and in a container by all that shares its quota.
/// </summary>
/// <remarks>Linux kernel documentation, "Control Group v2": cpu.stat counts usage_usec; cpu.max is "quota period", both in µs.</remarks>
internal sealed class CpuMeter
{
    private const string Stat = "/sys/fs/cgroup/cpu.stat";
    private const string Max = "/sys/fs/cgroup/cpu.max";
    private readonly double? _quota = ReadQuota();
    private TimeSpan _own = Environment.CpuUsage.TotalTime;
    private long _group = ReadUsage();
    private long _at = Stopwatch.GetTimestamp();

    /// <summary>Since it was last asked, 0 to 1.</summary>
    public double Take()
    {
        var (own, group, now) = (Environment.CpuUsage.TotalTime, _quota is null ? 0 : ReadUsage(), Stopwatch.GetTimestamp());
        var elapsed = Stopwatch.GetElapsedTime(_at, now).TotalSeconds;
        if (elapsed < 0.001)
        {
            return 0;
        }

        var share = (own - _own).TotalSeconds / elapsed / Environment.ProcessorCount;
        if (_quota is { } cores && group > 0 && _group > 0)
        {
            share = Math.Max(share, (group - _group) / 1e6 / elapsed / cores);
        }

        (_own, _group, _at) = (own, group, now);
        return Math.Clamp(share, 0, 1);
    }

    /// <summary>Processors the container may use; null without a quota or outside of one.</summary>
    private static double? ReadQuota()
    {
        var parts = Read(Max)?.Split(' ', StringSplitOptions.TrimEntries);
        return parts is [var quota, var period] && double.TryParse(quota, CultureInfo.InvariantCulture, out var q) && double.TryParse(period, CultureInfo.InvariantCulture, out var p) && p > 0
            ? q / p
            : null;
    }

    private static long ReadUsage()
    {
        var line = Read(Stat)?.Split('\n').FirstOrDefault(l => l.StartsWith("usage_usec ", StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan("usage_usec ".Length), CultureInfo.InvariantCulture, out var usage) ? usage : 0;
    }

    private static string? Read(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not readable here: the process's own figures are all there is.
            return null;
        }
    }
}
