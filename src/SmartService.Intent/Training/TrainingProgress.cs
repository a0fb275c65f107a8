using System.Diagnostics;
using System.Globalization;

namespace SmartService.Intent.Training;

/// <summary>Says how far a run is and how long it still takes, on one line that is written over.</summary>
internal sealed class TrainingProgress(TextWriter? writer, int steps)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _done;

    public void Step(int epoch, double loss)
    {
        _done++;
        var left = TimeSpan.FromTicks(_watch.Elapsed.Ticks / _done * (steps - _done));
        writer?.Write(string.Create(
            CultureInfo.InvariantCulture, $"\rtraining {100 * _done / steps,3} %  loss {loss:0.000}  {left.TotalSeconds:0} s left   "));
    }

    public void Done() => writer?.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"\rtraining 100 %  took {_watch.Elapsed.TotalSeconds:0.0} s                    "));
}
