using System.Globalization;
using System.Runtime.InteropServices;

namespace SmartService.Drill.Driving;

/// <summary>The few calls of Linux that .NET does not offer. Elsewhere they do nothing, and the self-check judges the outcome.</summary>
internal static class Native
{
    private const int Process = 0;
    private const int TimerSlack = 29; // PR_SET_TIMERSLACK

    public const int SignalStop = 19;
    public const int SignalContinue = 18;

    /// <summary>
    /// Puts all threads of this process, and those they start, before the server on the processor they share: a driver that waits for
    /// the server's threads would charge that to the server. To Linux a priority is a thread's own.
    /// </summary>
    /// <returns>False when that is not permitted here.</returns>
    public static bool TryRaisePriority(int by) => OperatingSystem.IsLinux()
        && Directory.EnumerateDirectories("/proc/self/task")
            .Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture))
            .ToList().TrueForAll(thread => SetPriority(Process, thread, -by) == 0);

    /// <summary>Lets this thread's sleeps end when they should, not 50 µs later.</summary>
    public static void SleepExactly()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = ProcessControl(TimerSlack, 1, 0, 0, 0);
        }
    }

    public static void Sleep(TimeSpan time)
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.Sleep(time);
            return;
        }

        var wanted = new TimeSpec { Seconds = 0, Nanoseconds = (nint)Math.Min(time.TotalNanoseconds, 999_999_999) };
        _ = NanoSleep(ref wanted, 0);
    }

    public static void Signal(int process, int signal) => _ = Kill(process, signal);

    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetPriority(int which, int who, int priority);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int NanoSleep(ref TimeSpec wanted, nint left);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
