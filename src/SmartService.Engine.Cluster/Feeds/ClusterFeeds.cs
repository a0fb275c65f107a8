using System.Runtime.CompilerServices;
using SmartService.Engine.Cluster.Redis;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Feeds;

/// <summary>
/// Feeds from the journal and then live, whichever silo wrote. A reader is listed first and reads the journal up to the head
/// after that; what it then gets twice is told apart by its position. What is not durable travels over Redis.
/// </summary>
internal sealed class ClusterFeeds : IFeeds
{
    private readonly FeedListeners _listeners;
    private readonly IJournal _journal;
    private readonly RedisBus _bus;
    private readonly TimeProvider _clock;
    private readonly int _bufferedFrames;

    public ClusterFeeds(FeedListeners listeners, IJournal journal, RedisBus bus, TimeProvider clock, int bufferedFrames)
    {
        (_listeners, _journal, _bus, _clock, _bufferedFrames) = (listeners, journal, bus, clock, bufferedFrames);
        bus.Signalled += (feed, kind, json) => Offer(feed, kind, json);
    }

    public long Head => _journal.Head;

    public bool HasListeners(FeedKey feed) => _listeners.HasListeners(feed) || _bus.HasListeners(feed);

    public void Signal(FeedKey feed, string kind, ReadOnlyMemory<byte> json)
    {
        Offer(feed, kind, json);
        _bus.Signal(feed, kind, json);
    }

    public IAsyncEnumerable<FeedFrame> SubscribeAsync(FeedKey feed, long after, CancellationToken ct) =>
        ReadAsync(feed, after < 0 ? _journal.Head : after, ct);

    private void Offer(FeedKey feed, string kind, ReadOnlyMemory<byte> json) =>
        _listeners.Offer(feed, new(0, default, kind, null, json, _clock.GetUtcNow()));

    private async IAsyncEnumerable<FeedFrame> ReadAsync(FeedKey feed, long last, [EnumeratorCancellation] CancellationToken ct)
    {
        var listener = new FeedListener(_bufferedFrames);
        if (_listeners.Add(feed, listener))
        {
            _bus.Listen(feed);
        }

        try
        {
            do
            {
                ct.ThrowIfCancellationRequested();
                if (listener.IsBehind)
                {
                    listener.CatchUp();
                    var head = _journal.Head;
                    if (head > last)
                    {
                        await foreach (var e in _journal.ReadFeedAsync(feed, last, head, ct))
                        {
                            yield return new(e.Position, e.Entity, e.Kind, e.Event, default, e.At);
                        }

                        last = head;
                    }
                }

                while (listener.Frames.TryRead(out var frame))
                {
                    if (frame.Position > last)
                    {
                        last = frame.Position;
                        yield return frame;
                    }
                    else if (frame.Position == 0)
                    {
                        yield return frame;
                    }
                }
            }
            while (listener.IsBehind || await listener.Frames.WaitToReadAsync(ct));
        }
        finally
        {
            if (_listeners.Remove(feed, listener))
            {
                _bus.Leave(feed);
            }
        }
    }
}
