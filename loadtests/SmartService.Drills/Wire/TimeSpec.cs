using System.Runtime.InteropServices;

namespace SmartService.Drills.Wire;

/// <summary>A length of time as Linux's calls take it.</summary>
/// <remarks>timespec(3type).</remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TimeSpec(TimeSpan time)
{
    private readonly nint _seconds = (nint)(time.Ticks / TimeSpan.TicksPerSecond);
    private readonly nint _nanoseconds = (nint)(time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
}
