using System.Collections.Concurrent;
using SmartService.Domain;
using SmartService.Engine.Cluster.Grains;

namespace SmartService.Engine.Cluster.Entities;

/// <summary>
/// Keeps the order of calls this process makes to one entity: one at a time, the others wait for its answer. Orleans keeps no order: a process that reads several
/// messages at once from a connection hands each to the thread pool, where the last may run first, and a call that is sent again would be overtaken by those behind it.
/// </summary>
/// <param name="mostWaiting">Calls to one entity that may wait here.</param>
internal sealed class CallLanes(int mostWaiting, TimeSpan retryAfter)
{
    private readonly ConcurrentDictionary<(Type Kind, EntityKey Key), Lane> _lanes = new();

    private int Most => mostWaiting;

    private TimeSpan RetryAfter => retryAfter;

    /// <summary>Sends the call now, or when its turn comes; <see cref="Lane.Leave"/> must follow its answer.</summary>
    /// <param name="send">Has sent the call when it returns.</param>
    /// <exception cref="EngineBusyException">Too many wait; the call is not sent.</exception>
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
        private bool _isTaken;
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

                if (_isTaken)
                {
                    _waiting ??= new();
                    if (_waiting.Count >= lanes.Most)
                    {
                        throw new EngineBusyException($"calls to {entity.Key}", lanes.RetryAfter);
                    }

                    var waiting = new Waiting(send);
                    _waiting.Enqueue(waiting);
                    return waiting.Answer;
                }

                _isTaken = true;
            }

            return send();
        }

        /// <summary>A call came back: the next one goes.</summary>
        public void Leave()
        {
            Waiting? next = null;
            lock (_gate)
            {
                if (_waiting?.TryDequeue(out next) != true)
                {
                    _isGone = true;
                    lanes._lanes.TryRemove(KeyValuePair.Create(entity, this));
                }
            }

            next?.Send();
        }

        private sealed class Waiting(Func<Task<EntityAnswer>> send)
        {
            private readonly TaskCompletionSource<Task<EntityAnswer>> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public Task<EntityAnswer> Answer => _sent.Task.Unwrap();

            public void Send() => _sent.SetResult(send());
        }
    }
}
