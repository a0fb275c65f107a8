using System.Collections.Concurrent;
using SmartService.Domain;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>States this process knows, in two generations: when the younger is full, it becomes the older and who is not in use is forgotten.</summary>
internal sealed class KnownStates<TState>(int mostEach)
    where TState : class
{
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<EntityKey, Known<TState>> _young = new();
    private volatile ConcurrentDictionary<EntityKey, Known<TState>> _old = new();
    private int _count;

    /// <summary>Null for one nobody has asked for lately.</summary>
    public Known<TState>? Find(EntityKey key) => _young.TryGetValue(key, out var known) || _old.TryGetValue(key, out known) ? known : null;

    public Known<TState> Of(EntityKey key)
    {
        if (_young.TryGetValue(key, out var known))
        {
            return known;
        }

        lock (_gate)
        {
            if (_young.TryGetValue(key, out known))
            {
                return known;
            }

            known = _old.TryGetValue(key, out var older) ? older : new();
            if (mostEach == 0)
            {
                return known;
            }

            if (++_count > mostEach)
            {
                (_old, _young, _count) = (_young, new(), 1);
            }

            _young[key] = known;
            return known;
        }
    }
}
