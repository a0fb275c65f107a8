using System.Collections.Concurrent;
using SmartService.Domain;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>
/// Keeps the order of calls this process makes to one entity. Orleans delivers calls to an entity in memory in order, but those
/// that come while it is being placed and loaded in any. So the first call goes alone; the others wait for its answer and follow
/// in order, and from then on nobody waits, until none is under way.
/// </summary>
internal sealed class CallLanes
{
    private readonly ConcurrentDictionary<(Type Kind, EntityKey Key), Lane> _lanes = new();

    /// <summary>Completes when the call may be sent. <see cref="Lane.Leave"/> must follow.</summary>
    public (Lane Lane, Task MaySend) Enter(Type kind, EntityKey key)
    {
        while (true)
        {
            var lane = _lanes.GetOrAdd((kind, key), static (entity, lanes) => new(entity, lanes), this);
            if (lane.TryEnter() is { } maySend)
            {
                return (lane, maySend);
            }
        }
    }

    internal sealed class Lane((Type Kind, EntityKey Key) entity, CallLanes lanes)
    {
        private readonly Lock _gate = new();
        private Queue<TaskCompletionSource>? _waiting;
        private int _underWay;
        private bool _isOpen;
        private bool _isGone;

        /// <summary>Null when the lane was left by all meanwhile: take a new one.</summary>
        public Task? TryEnter()
        {
            lock (_gate)
            {
                if (_isGone)
                {
                    return null;
                }

                if (++_underWay == 1 || _isOpen)
                {
                    return Task.CompletedTask;
                }

                // Continuations run where the source is completed, one after another: that is what keeps the order.
                var turn = new TaskCompletionSource();
                (_waiting ??= new()).Enqueue(turn);
                return turn.Task;
            }
        }

        /// <summary>A call came back: the others go, in order.</summary>
        public void Leave()
        {
            while (true)
            {
                TaskCompletionSource? next;
                lock (_gate)
                {
                    if (_waiting is null || !_waiting.TryDequeue(out next))
                    {
                        (_isOpen, _waiting) = (true, null);
                        if (--_underWay == 0)
                        {
                            _isGone = true;
                            lanes._lanes.TryRemove(KeyValuePair.Create(entity, this));
                        }

                        return;
                    }
                }

                next.SetResult();
            }
        }
    }
}
