using SmartService.Domain;

namespace SmartService.Engine.Cluster.Journal;

/// <summary>The end of the journal, read from its JSON once for all followers of this process.</summary>
internal sealed class RecentEvents(int capacity)
{
    private readonly Lock _gate = new();
    private readonly TailEvent?[] _events = new TailEvent?[capacity];
    private long _low; // Everything after it,
    private long _high; // up to here, is in here or was overwritten.

    /// <summary>Begins anew after a position; what is in here is forgotten.</summary>
    public void StartAfter(long position)
    {
        lock (_gate)
        {
            Array.Clear(_events);
            _low = _high = position;
        }
    }

    public void Add(TailEvent e)
    {
        lock (_gate)
        {
            for (var skipped = _high + 1; skipped < e.Position; skipped++)
            {
                _events[skipped % capacity] = null;
            }

            _events[e.Position % capacity] = e;
            _high = e.Position;
            _low = Math.Max(_low, _high - capacity);
        }
    }

    /// <summary>Events after a position, or null when that lies too far back or nothing is known to be there.</summary>
    /// <exception cref="JournalException">One cannot be read.</exception>
    public List<JournalledEvent>? TryRead(long after, int limit)
    {
        List<TailEvent> events;
        lock (_gate)
        {
            if (after < _low || after >= _high)
            {
                return null;
            }

            events = new List<TailEvent>((int)Math.Min(limit, _high - after));
            for (var position = after + 1; position <= _high && events.Count < limit; position++)
            {
                if (_events[position % capacity] is { } e)
                {
                    events.Add(e);
                }
            }
        }

        return events.Count > 0 ? events.ConvertAll(e => e.Read()) : null;
    }

    /// <summary>Forgets what nobody who follows has still to handle.</summary>
    public void Release(long upTo)
    {
        lock (_gate)
        {
            while (_low < Math.Min(upTo, _high))
            {
                _events[++_low % capacity] = null;
            }
        }
    }

    /// <summary>Forgets what was overwritten.</summary>
    public void Scrub(string region, EntityKey entity, long beforeVersion)
    {
        lock (_gate)
        {
            for (var i = 0; i < _events.Length; i++)
            {
                if (_events[i] is { } e && e.Version < beforeVersion && e.Region == region && e.Entity == entity)
                {
                    _events[i] = null;
                }
            }
        }
    }
}
