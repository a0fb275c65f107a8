using System.Collections.Concurrent;
using SmartService.Domain;
using SmartService.Engine.Cluster.Grains;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>
/// Keeps the order of calls this process makes to one entity. Orleans delivers calls to an entity in memory in order, but those
/// that come while it is being placed and loaded in any. So the first call goes alone; the others wait for its answer and follow
/// in order, and from then on nobody waits, until none is under way.
/// </summary>
internal sealed class CallLanes
{
    private readonly ConcurrentDictionary<(Type Kind, EntityKey Key), Lane> _lanes = new();

    /// <summary>Sends the call now, or when its turn comes; <see cref="Lane.Leave"/> must follow its answer.</summary>
    /// <param name="send">Has sent the call when it returns.</param>
    public (Lane Lane, Task<EntityAnswer> Answer) Enter(Type kind, EntityKey key, Func<Task<EntityAnswer>> send)
    {
        while (true)
        {
            var lane = _lanes.GetOrAdd((kind, key), static (entity, lanes) => new(entity, lanes), this);
            if (lane.TryEnter(send) is { } answer)
            {
                return (lane, answer);
            }
        }
    }

    internal sealed class Lane((Type Kind, EntityKey Key) entity, CallLanes lanes)
    {
        private readonly Lock _gate = new();
        private Queue<Waiting>? _waiting;
        private int _underWay;
        private bool _isOpen;
        private bool _isGone;

        /// <summary>Null when the lane was left by all meanwhile: take a new one.</summary>
        public Task<EntityAnswer>? TryEnter(Func<Task<EntityAnswer>> send)
        {
            lock (_gate)
            {
                if (_isGone)
                {
                    return null;
                }

                if (++_underWay > 1 && !_isOpen)
                {
                    var waiting = new Waiting(send);
                    (_waiting ??= new()).Enqueue(waiting);
                    return waiting.Answer;
                }
            }

            return send();
        }

        /// <summary>A call came back: the others go, in order.</summary>
        public void Leave()
        {
            while (true)
            {
                Waiting? next;
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

                next.Send(); // Here and now: a continuation might run anywhere, and in any order.
            }
        }

        private sealed class Waiting(Func<Task<EntityAnswer>> send)
        {
            private readonly TaskCompletionSource<Task<EntityAnswer>> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public Task<EntityAnswer> Answer => _sent.Task.Unwrap();

            public void Send() => _sent.SetResult(send());
        }
    }
}
