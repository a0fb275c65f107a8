using System.Diagnostics;
using System.Globalization;

namespace SmartService.Intent.Training;

/// <summary>Says how far a run is and how long it still takes, on one line that is written over.</summary>
internal sealed class TrainingProgress(TextWriter? writer, int steps)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _done;

    /// <summary>One epoch of a network, or a whole linear head, is done. Thread-safe.</summary>
    public void Step(double? loss = null)
    {
        var done = Interlocked.Increment(ref _done);
        var left = TimeSpan.FromTicks(_watch.Elapsed.Ticks / done * (steps - done));
        var line = string.Create(
            CultureInfo.InvariantCulture, $"\rtraining {100 * done / steps,3} %  {(loss is null ? "" : string.Create(CultureInfo.InvariantCulture, $"loss {loss:0.000}  "))}{left.TotalSeconds:0} s left   ");
        if (writer is not null)
        {
            lock (writer)
            {
                writer.Write(line);
            }
        }
    }

    public void Done() => writer?.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"\rtraining 100 %  took {_watch.Elapsed.TotalSeconds:0.0} s                    "));
}
