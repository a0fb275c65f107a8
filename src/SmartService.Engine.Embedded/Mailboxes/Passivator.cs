namespace SmartService.Engine.Embedded.Mailboxes;

/// <summary>Sweeps idle entities out of memory: like the clock algorithm, by the number of the sweep and not by time stamps.</summary>
internal sealed class Passivator : IDisposable
{
    private const int SweepsPerIdleTime = 4;
    private static readonly TimeSpan SoonestSweep = TimeSpan.FromMilliseconds(250);

    private readonly List<IPassivating> _all = [];
    private readonly ITimer _timer;
    private readonly TimeSpan _period;
    private int _soon;

    public Passivator(TimeSpan idleTime, TimeProvider clock)
    {
        _period = idleTime / SweepsPerIdleTime;
        _timer = clock.CreateTimer(static p => ((Passivator)p!).Sweep(), this, _period, _period);
    }

    public int Count
    {
        get
        {
            lock (_all)
            {
                return _all.Sum(a => a.Count);
            }
        }
    }

    public void Add(IPassivating entities)
    {
        lock (_all)
        {
            _all.Add(entities);
        }
    }

    /// <summary>Too many are in memory.</summary>
    public void SweepSoon()
    {
        if (Interlocked.Exchange(ref _soon, 1) == 0)
        {
            _timer.Change(SoonestSweep < _period ? SoonestSweep : _period, _period);
        }
    }

    public void Sweep()
    {
        Volatile.Write(ref _soon, 0);
        lock (_all)
        {
            _all.ForEach(a => a.Passivate(SweepsPerIdleTime));
        }
    }

    public void DropPoisoned()
    {
        lock (_all)
        {
            _all.ForEach(a => a.DropPoisoned());
        }
    }

    public void Dispose() => _timer.Dispose();
}
