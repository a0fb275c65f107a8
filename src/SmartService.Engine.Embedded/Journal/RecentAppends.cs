using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>The last appends with their events as objects, so that followers close behind the head decode nothing.</summary>
internal sealed class RecentAppends(int most, long mostBytes, EventCodecs codecs)
{
    private readonly object _gate = new();
    private readonly Ring _ring = new(most);
    private long _bytes;

    /// <summary>Adds a commit; returns the position of its last event, null when it holds none.</summary>
    public long? Add(JournalWork[] commit)
    {
        long? head = null;
        lock (_gate)
        {
            foreach (var work in commit)
            {
                if (work is not AppendWork append)
                {
                    continue;
                }

                head = append.LastPosition;
                while (_ring.Count > 0 && (_ring.Count == most || _bytes + append.Bytes > mostBytes))
                {
                    _bytes -= _ring.RemoveOldest();
                }

                _ring.Add(new(append, codecs));
                _bytes += append.Bytes;
            }
        }

        return head;
    }

    /// <summary>Forgets what nobody who follows has still to handle: kept for longer it would outlive the youngest generation, and the collector would carry it along.</summary>
    public void Release(long upTo)
    {
        lock (_gate)
        {
            while (_ring.Count > 0 && _ring[0].LastPosition <= upTo)
            {
                _bytes -= _ring.RemoveOldest();
            }
        }
    }

    /// <summary>Forgets all: what comes next need not follow on them.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            while (_ring.Count > 0)
            {
                _bytes -= _ring.RemoveOldest();
            }
        }
    }

    /// <summary>Forgets the events of one entity before a version.</summary>
    public void Scrub(StreamKey key, long version)
    {
        lock (_gate)
        {
            for (var i = 0; i < _ring.Count; i++)
            {
                if (_ring[i].Key == key)
                {
                    _ring[i] = _ring[i].ScrubbedBefore(version);
                }
            }
        }
    }

    /// <summary>Adds the events after a position and up to another; false, and nothing added, when they are no longer all here.</summary>
    /// <param name="ignores">Types of events that are left out.</param>
    public bool TryRead(List<JournalledEvent> events, long after, long upTo, Func<Type, bool> ignores)
    {
        lock (_gate)
        {
            if (_ring.Count == 0 || _ring[0].Position > after + 1)
            {
                return false;
            }

            for (var i = _ring.FirstAfter(after); i < _ring.Count && _ring[i].Position <= upTo; i++)
            {
                foreach (var e in _ring[i].Events)
                {
                    if (e.Position > after && e.Position <= upTo && !ignores(e.Event.GetType()))
                    {
                        events.Add(e);
                    }
                }
            }

            return true;
        }
    }

    private sealed class Ring(int most)
    {
        private readonly RecentAppend[] _slots = new RecentAppend[most];
        private int _first;

        public int Count { get; private set; }

        public ref RecentAppend this[int index] => ref _slots[(_first + index) % most];

        public void Add(in RecentAppend append) => _slots[(_first + Count++) % most] = append;

        /// <summary>Returns its size.</summary>
        public int RemoveOldest()
        {
            var bytes = _slots[_first].Bytes;
            _slots[_first] = default;
            _first = (_first + 1) % most;
            Count--;
            return bytes;
        }

        /// <summary>Index of the first append with an event after the position.</summary>
        public int FirstAfter(long position)
        {
            var (low, high) = (0, Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = this[middle].LastPosition > position ? (low, middle) : (middle + 1, high);
            }

            return low;
        }
    }
}
