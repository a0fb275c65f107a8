using System.Diagnostics;
using SmartService.Drills.Reports;

namespace SmartService.Drill.Driving;

/// <summary>What each part of a drill takes of the driver's own time: only one of them runs beside the server's load.</summary>
internal sealed class PhaseClock
{
    public const string Preparing = "preparing", Running = "running", Draining = "waiting for streams", ReadingBack = "reading back";

    private readonly List<PhaseFigures> _done = [];
    private string _current = Preparing;
    private long _began = Stopwatch.GetTimestamp();
    private double _spent = Spent();

    /// <summary>Ends the phase before; nothing when it is the current one.</summary>
    public void Begin(string phase)
    {
        if (phase != _current)
        {
            End();
            (_current, _began, _spent) = (phase, Stopwatch.GetTimestamp(), Spent());
        }
    }

    /// <summary>All phases so far, the current one up to now.</summary>
    public IReadOnlyList<PhaseFigures> Stop()
    {
        End();
        (_began, _spent) = (Stopwatch.GetTimestamp(), Spent());
        return [.. _done.GroupBy(p => p.Phase).Select(g => new PhaseFigures(g.Key, g.Sum(p => p.Seconds), g.Sum(p => p.CpuSeconds)))];
    }

    private static double Spent() => Environment.CpuUsage.TotalTime.TotalSeconds;

    private void End() => _done.Add(new(_current, Stopwatch.GetElapsedTime(_began).TotalSeconds, Spent() - _spent));
}
