using System.Threading.Tasks.Sources;
using SmartService.Engine.Feeds;

namespace SmartService.Engine.Embedded.Feeds;

/// <summary>
/// One reader of a feed: a bounded buffer of live frames, allocated only while something waits in it. When it overflows it
/// is emptied and the reader goes back to the journal.
/// </summary>
internal sealed class Subscription(int capacity) : IValueTaskSource
{
    private readonly object _gate = new();
    private Queue<FeedFrame>? _frames;
    private ManualResetValueTaskSourceCore<bool> _wake = new() { RunContinuationsAsynchronously = true };
    private bool _waiting;
    private bool _signalled;
    private bool _behind = true; // A new reader starts in the journal.

    public void Offer(in FeedFrame frame)
    {
        lock (_gate)
        {
            if (_behind)
            {
                return;
            }

            _frames ??= new(4);
            if (_frames.Count < capacity)
            {
                _frames.Enqueue(frame);
            }
            else
            {
                (_frames, _behind) = (null, true);
            }
        }

        Wake();
    }

    /// <summary>Sends the reader back to the journal.</summary>
    public void FallBehind()
    {
        lock (_gate)
        {
            (_frames, _behind) = (null, true);
        }

        Wake();
    }

    public void Wake()
    {
        lock (_gate)
        {
            _signalled = true;
            if (!_waiting)
            {
                return;
            }

            _waiting = false;
        }

        _wake.SetResult(true);
    }

    /// <summary>True once when frames were missed; from then on new frames are kept again.</summary>
    public bool TakeBehind()
    {
        lock (_gate)
        {
            var behind = _behind;
            _behind = false;
            return behind;
        }
    }

    public bool TryTake(out FeedFrame frame)
    {
        lock (_gate)
        {
            if (_frames is not null && _frames.TryDequeue(out frame))
            {
                return true;
            }

            (_frames, frame) = (null, default);
            return false;
        }
    }

    /// <summary>Completes at the next wake, at once when one came since the last wait. One waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        lock (_gate)
        {
            if (_signalled)
            {
                _signalled = false;
                return default;
            }

            _wake.Reset();
            _waiting = true;
            return new(this, _wake.Version);
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        lock (_gate)
        {
            _signalled = false;
        }

        _wake.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wake.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wake.OnCompleted(continuation, state, token, flags);
}
