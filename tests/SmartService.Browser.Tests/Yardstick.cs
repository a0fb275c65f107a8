using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SmartService.Browser.Tests;

/// <summary>
/// Measures what share of a processor a thread gets that wants one: all of it on a machine that does nothing else. A little work every few
/// milliseconds, and how long after the moment it was due it is done.
/// </summary>
internal sealed partial class Yardstick : IDisposable
{
    private const int ThreadCpuClock = 3; // CLOCK_THREAD_CPUTIME_ID of clock_gettime(2), on Linux.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(2);
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private (TimeSpan Worked, TimeSpan Took) _now;
    private volatile bool _ends;

    public Yardstick()
    {
        _thread = new(Measure) { IsBackground = true, Name = "yardstick" };
        _thread.Start();
    }

    /// <summary>Time its thread had the processor, and time it wanted it, since it began.</summary>
    public (TimeSpan Worked, TimeSpan Took) Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <returns>Over 0, and 1 where nothing was measured.</returns>
    public static double Share((TimeSpan Worked, TimeSpan Took) from, (TimeSpan Worked, TimeSpan Took) to) =>
        to.Took > from.Took ? Math.Min(1, (to.Worked - from.Worked) / (to.Took - from.Took)) : 1;

    public void Dispose()
    {
        _ends = true;
        _thread.Join();
    }

    private void Measure()
    {
        for (var due = Stopwatch.GetTimestamp(); !_ends;)
        {
            var began = SpentByThisThread();
            while (SpentByThisThread() - began < Work)
            {
                Thread.SpinWait(100);
            }

            lock (_gate)
            {
                _now = (_now.Worked + SpentByThisThread() - began, _now.Took + Stopwatch.GetElapsedTime(due));
            }

            due = Stopwatch.GetTimestamp() + (long)(Every.TotalSeconds * Stopwatch.Frequency);
            Thread.Sleep(Every);
        }
    }

    /// <summary>Elsewhere than on Linux the time of the clock on the wall: the share is then 1.</summary>
    private static TimeSpan SpentByThisThread() => OperatingSystem.IsLinux() && ReadClock(ThreadCpuClock, out var spent) == 0
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
