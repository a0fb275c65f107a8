namespace SmartService.Faults.World;

/// <summary>A clock that stands until it is moved. Time passes for timers and for the hands; setting the hands moves no timer.</summary>
internal sealed class SteppedClock : TimeProvider
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<Timer> _timers = [];
    private TimeSpan _passed;
    private DateTimeOffset _start = Noon;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Even time since the beginning.</summary>
    public TimeSpan Passed => _passed;

    public override DateTimeOffset GetUtcNow() => _start + _passed;

    public override long GetTimestamp() => _passed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time)
    {
        var until = _passed + time;
        while (_timers.Where(t => t.Due <= until).MinBy(t => t.Due) is { } next)
        {
            _passed = next.Due > _passed ? next.Due : _passed;
            next.Fire();
        }

        _passed = until;
    }

    /// <summary>Sets the hands forward or back.</summary>
    public void Set(TimeSpan by) => _start += by;

    /// <summary>Forgets all timers: their owners are gone.</summary>
    public void Forget() => _timers.Clear();

    private sealed class Timer(SteppedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            clock._timers.Remove(this);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Due = clock._passed + dueTime;
                clock._timers.Add(this);
            }

            return true;
        }

        public void Fire()
        {
            Change(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan, _period);
            callback(state);
        }

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
