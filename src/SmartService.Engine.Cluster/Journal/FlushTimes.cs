namespace SmartService.Engine.Cluster.Journal;

/// <summary>How long commits take, for many askers: the one under way, and the slowest of the last moments.</summary>
internal sealed class FlushTimes
{
    private const long MomentMs = 200;
    private readonly Lock _gate = new();
    private long _oldest; // When the first append of the batch under way was queued; 0 when none is.
    private long _began;
    private long _moment;
    private int _slowest;
    private int _slowestBefore;

    /// <param name="queuedAt">When the batch's first append was queued, by <see cref="Environment.TickCount64"/>.</param>
    public void Began(long queuedAt)
    {
        lock (_gate)
        {
            (_oldest, _began) = (queuedAt | 1, Environment.TickCount64);
        }
    }

    public void Ended()
    {
        lock (_gate)
        {
            var now = Environment.TickCount64;
            Turn(now);
            _slowest = Math.Max(_slowest, (int)Math.Min(now - _began, int.MaxValue));
            _oldest = 0;
        }
    }

    public (int OldestMs, int SlowestMs) Now()
    {
        lock (_gate)
        {
            var now = Environment.TickCount64;
            Turn(now);
            var slowest = Math.Max(_slowest, _slowestBefore);
            return _oldest == 0
                ? (0, slowest)
                : ((int)Math.Clamp(now - _oldest, 0, int.MaxValue), Math.Max(slowest, (int)Math.Min(now - _began, int.MaxValue)));
        }
    }

    private void Turn(long now)
    {
        if (now - _moment >= MomentMs)
        {
            (_slowestBefore, _slowest) = (now - _moment < 2 * MomentMs ? _slowest : 0, 0);
            _moment = now;
        }
    }
}
