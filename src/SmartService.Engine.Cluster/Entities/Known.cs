namespace SmartService.Engine.Cluster.Entities;

/// <summary>What this process knows of one entity: its state as of a version, moved on by every event it hears of.</summary>
/// <remarks>
/// It is made before the entity is asked, so that what the journal's end tells while the answer is on its way is not missed: an answer
/// older than what was heard meanwhile is told to the caller and not kept.
/// </remarks>
internal sealed class Known<TState>
    where TState : class
{
    private readonly Lock _gate = new();
    private long _version = -1;
    private long _heard = -1;
    private long _askedAt;
    private TState? _state;

    /// <summary>The version and its state, and when the entity was last asked (<see cref="Environment.TickCount64"/>); null when nothing is known.</summary>
    public (long Version, TState State, long AskedAt)? Now
    {
        get
        {
            lock (_gate)
            {
                return _state is { } state ? (_version, state, _askedAt) : null;
            }
        }
    }

    /// <summary>The entity has answered.</summary>
    /// <param name="askedAt">When it was asked.</param>
    public void Learn(long version, TState state, long askedAt)
    {
        lock (_gate)
        {
            if (version >= _heard && version >= _version)
            {
                (_version, _heard, _askedAt) = (version, version, askedAt);
                _state = state;
            }
        }
    }

    /// <summary>Events up to a version have happened, told by the journal's end or by an answer. Twice is once.</summary>
    public void Hear<TEvent>(long version, ReadOnlySpan<TEvent> events, Func<TState, TEvent, TState> evolve)
    {
        lock (_gate)
        {
            var from = version - events.Length;
            if (_state is { } state && version > _version)
            {
                _state = null;
                if (from <= _version)
                {
                    foreach (var e in events[(int)(_version - from)..])
                    {
                        state = evolve(state, e);
                    }

                    (_state, _version) = (state, version);
                }
            }

            _heard = Math.Max(_heard, version);
        }
    }

    /// <summary>A version has happened. What is not known, or known already, need not be told of it.</summary>
    /// <returns>Whether its event moves on what is known.</returns>
    public bool Hears(long version)
    {
        lock (_gate)
        {
            _heard = Math.Max(_heard, version);
            return _state is not null && version > _version;
        }
    }

    /// <summary>Nothing of it may stay in memory, or nothing is sure any more.</summary>
    public void Forget(long version)
    {
        lock (_gate)
        {
            (_state, _version, _heard) = (null, -1, Math.Max(_heard, version));
        }
    }
}
