using SmartService.Drills.Measuring;

namespace SmartService.Drill.Watching;

/// <summary>Who is told how a drill goes.</summary>
internal interface IWatcher
{
    void Says(string what);

    void Second(SecondFigures figures, string? fault);
}
