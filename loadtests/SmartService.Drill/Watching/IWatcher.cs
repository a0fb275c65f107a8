using SmartService.Drills.Measuring;

namespace SmartService.Drill.Watching;

/// <summary>Who is told how a drill goes.</summary>
internal interface IWatcher
{
    void Says(string what);

    /// <summary>How far something is that takes long.</summary>
    void Progress(string what, long done, long all);

    void Second(SecondFigures figures, string? fault);
}
