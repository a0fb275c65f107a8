using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SmartService.Gateway.Tests.World;

/// <summary>How long the processor worked for some code: however long the machine let it wait.</summary>
internal static partial class ThreadTime
{
    private const int ThreadCpuClock = 3; // CLOCK_THREAD_CPUTIME_ID of clock_gettime(2), on Linux.

    public static TimeSpan Of(Action work)
    {
        var began = Now();
        work();
        return Now() - began;
    }

    /// <summary>Elsewhere than on Linux the time of the clock on the wall.</summary>
    private static TimeSpan Now() => OperatingSystem.IsLinux() && ReadClock(ThreadCpuClock, out var spent) == 0
        ? TimeSpan.FromTicks((spent.Seconds * TimeSpan.TicksPerSecond) + (spent.Nanoseconds / TimeSpan.NanosecondsPerTick))
        : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out TimeSpec spent);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
