using System.Globalization;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// Makes a disk slow, for drills: each commit takes longer before anything of it is acknowledged. The file can be changed while
/// the server runs; it is looked at ten times a second at most.
/// </summary>
internal sealed class FlushDelay(EmbeddedEngineOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private readonly ManualResetEventSlim _never = new();
    private TimeSpan _delay = options.FlushDelay;
    private long? _lookedAt;

    /// <summary>Waits on the writer's own thread, as a slow flush would.</summary>
    public void Wait()
    {
        if (options.FlushDelayFile is { } file && (_lookedAt is not { } at || clock.GetElapsedTime(at) > LookEvery))
        {
            _lookedAt = clock.GetTimestamp();
            _delay = options.FlushDelay + Read(file);
        }

        if (_delay > TimeSpan.Zero)
        {
            _never.Wait(_delay);
        }
    }

    public void Dispose() => _never.Dispose();

    /// <summary>Milliseconds; a file that is not there or holds something else delays nothing.</summary>
    private static TimeSpan Read(string file)
    {
        try
        {
            return double.TryParse(File.ReadAllText(file), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
                ? TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, EmbeddedEngineOptions.MostFlushDelay.TotalMilliseconds))
                : TimeSpan.Zero;
        }
        catch (IOException)
        {
            return TimeSpan.Zero;
        }
    }
}
