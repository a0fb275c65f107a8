using System.Collections.Concurrent;
using SmartService.Engine.Embedded.Journal;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Feeds;

/// <summary>Who listens to which feed, and what they are told.</summary>
internal sealed class FeedHub(EventCodecs codecs, TimeProvider clock, int bufferedFrames)
{
    private readonly ConcurrentDictionary<FeedKey, Listeners> _feeds = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public Subscription Add(FeedKey feed)
    {
        var subscription = new Subscription(bufferedFrames);
        while (!_feeds.GetOrAdd(feed, static _ => new()).TryAdd(subscription))
        {
        }

        Interlocked.Increment(ref _count); // Also the fence between being listed and looking at the head.
        return subscription;
    }

    public void Remove(FeedKey feed, Subscription subscription)
    {
        Interlocked.Decrement(ref _count);
        if (_feeds.TryGetValue(feed, out var listeners) && listeners.Remove(subscription))
        {
            _feeds.TryRemove(KeyValuePair.Create(feed, listeners));
        }
    }

    public bool HasListeners(FeedKey feed) => _feeds.ContainsKey(feed);

    public void Signal(FeedKey feed, string kind, ReadOnlyMemory<byte> json)
    {
        if (_feeds.TryGetValue(feed, out var listeners))
        {
            Offer(listeners, new(0, default, kind, null, json, clock.GetUtcNow()));
        }
    }

    /// <summary>Tells of events on disk. Called in their order by one thread.</summary>
    public void Tell(JournalWork[] commit)
    {
        if (Count == 0)
        {
            return;
        }

        foreach (var work in commit)
        {
            if (work is AppendWork append)
            {
                Tell(append);
            }
        }
    }

    /// <summary>Sends every reader back to the journal.</summary>
    public void AllBehind()
    {
        foreach (var listeners in _feeds.Values)
        {
            foreach (var subscription in listeners.All)
            {
                subscription.FallBehind();
            }
        }
    }

    private static void Offer(Listeners listeners, in FeedFrame frame)
    {
        foreach (var subscription in listeners.All)
        {
            subscription.Offer(frame);
        }
    }

    private void Tell(AppendWork append)
    {
        var tenant = append.Stream.Key.Entity.Tenant;
        var staff = _feeds.GetValueOrDefault(new(tenant, null));
        var customer = append.Feed is { } id ? _feeds.GetValueOrDefault(new(tenant, id)) : null;
        if (staff is null && customer is null)
        {
            return;
        }

        for (var i = 0; i < append.Events.Length; i++)
        {
            var e = append.Events[i];
            var kind = codecs.Of(e);
            var frame = new FeedFrame(append.Position + i, append.Stream.Key.Entity, kind.Name, e, default, append.At);
            if (staff is not null)
            {
                Offer(staff, frame);
            }

            if (customer is not null && kind.Audience == Audience.Customer)
            {
                Offer(customer, frame);
            }
        }
    }
}
