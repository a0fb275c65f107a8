using System.Globalization;
using System.Runtime.InteropServices;
using SmartService.Drills.Wire;

namespace SmartService.Drill.Driving;

/// <summary>The few calls of Linux that .NET does not offer. Elsewhere they do nothing, and the self-check judges the outcome.</summary>
internal static class Native
{
    private const int TimerSlack = 29; // PR_SET_TIMERSLACK

    public const int SignalStop = 19;
    public const int SignalContinue = 18;

    /// <summary>
    /// Lets the threads of this process run the moment they have something to do (SCHED_FIFO): on a processor shared with the server, a
    /// driver that waits for the server's threads would charge that to the server. They do little and often, and the kernel keeps a
    /// twentieth of the time for everybody else. Threads and processes they start are ordinary ones, the server too; so this is called
    /// again from time to time for threads that are new.
    /// </summary>
    /// <returns>False when that is not permitted here; the self-check judges what comes of it.</returns>
    public static bool TryRunFirst()
    {
        const int FifoNotInherited = 1 | 0x40000000; // SCHED_FIFO | SCHED_RESET_ON_FORK
        var priority = 1;
        return OperatingSystem.IsLinux()
            && Directory.EnumerateDirectories("/proc/self/task")
                .All(task => SetScheduler(int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), FifoNotInherited, ref priority) == 0);
    }

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

        var wanted = new TimeSpec(time);
        _ = NanoSleep(ref wanted, 0);
    }

    public static void Signal(int process, int signal) => _ = Kill(process, signal);

    [DllImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetScheduler(int thread, int policy, ref int priority);

    [DllImport("libc", EntryPoint = "prctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int ProcessControl(int option, nuint a, nuint b, nuint c, nuint d);

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int NanoSleep(ref TimeSpec wanted, nint left);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);
}
