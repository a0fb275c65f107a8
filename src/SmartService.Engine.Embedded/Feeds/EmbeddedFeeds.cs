using System.Runtime.CompilerServices;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Feeds;

/// <summary>
/// Feeds from the journal and then live. A reader is listed first and reads the journal up to the head after that; what it
/// then gets twice is told apart by its position.
/// </summary>
internal sealed class EmbeddedFeeds(FeedHub hub, IJournal journal) : IFeeds
{
    public long Head => journal.Head;

    public bool HasListeners(FeedKey feed) => hub.HasListeners(feed);

    public void Signal(FeedKey feed, string kind, ReadOnlyMemory<byte> json) => hub.Signal(feed, kind, json);

    public IAsyncEnumerable<FeedFrame> SubscribeAsync(FeedKey feed, long after, CancellationToken ct) =>
        ReadAsync(feed, after < 0 ? journal.Head : after, ct);

    private async IAsyncEnumerable<FeedFrame> ReadAsync(FeedKey feed, long last, [EnumeratorCancellation] CancellationToken ct)
    {
        var subscription = hub.Add(feed);
        try
        {
            using var cancelled = ct.UnsafeRegister(static s => ((Subscription)s!).Wake(), subscription);
            while (true)
            {
                ct.ThrowIfCancellationRequested();
                if (subscription.TakeBehind())
                {
                    var head = journal.Head;
                    if (head > last)
                    {
                        await foreach (var e in journal.ReadFeedAsync(feed, last, head, ct))
                        {
                            yield return new(e.Position, e.Entity, e.Kind, e.Event, default, e.At);
                        }

                        last = head;
                    }
                }

                while (subscription.TryTake(out var frame))
                {
                    if (frame.Position == 0)
                    {
                        yield return frame;
                    }
                    else if (frame.Position > last)
                    {
                        last = frame.Position;
                        yield return frame;
                    }
                }

                await subscription.WaitAsync();
            }
        }
        finally
        {
            hub.Remove(feed, subscription);
        }
    }
}
