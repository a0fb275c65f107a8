using System.Collections.Concurrent;
using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Cluster.Feeds;

/// <summary>Who listens to which feed in this process.</summary>
internal sealed class FeedListeners(EventCodecs codecs)
{
    private readonly ConcurrentDictionary<FeedKey, ImmutableArray<FeedListener>> _feeds = new();

    public bool HasListeners(FeedKey feed) => _feeds.ContainsKey(feed);

    /// <returns>It is the feed's first.</returns>
    public bool Add(FeedKey feed, FeedListener listener) =>
        _feeds.AddOrUpdate(feed, [listener], (_, all) => all.Add(listener)).Length == 1;

    /// <returns>It was the feed's last.</returns>
    public bool Remove(FeedKey feed, FeedListener listener)
    {
        while (_feeds.TryGetValue(feed, out var all))
        {
            var rest = all.Remove(listener);
            if (rest.IsEmpty ? _feeds.TryRemove(KeyValuePair.Create(feed, all)) : _feeds.TryUpdate(feed, rest, all))
            {
                return rest.IsEmpty;
            }
        }

        return true;
    }

    public void Offer(FeedKey feed, in FeedFrame frame)
    {
        if (_feeds.TryGetValue(feed, out var all))
        {
            foreach (var listener in all)
            {
                listener.Offer(frame);
            }
        }
    }

    /// <summary>Tells of one event. Called in the order of positions, by one thread at a time.</summary>
    public void Tell(JournalledEvent e, CustomerId? customer)
    {
        if (_feeds.IsEmpty)
        {
            return;
        }

        var frame = new FeedFrame(e.Position, e.Entity, e.Kind, e.Event, default, e.At);
        Offer(new(e.Entity.Tenant, null), frame);
        if (customer is { } id && codecs.Of(e.Event).Audience == Audience.Customer)
        {
            Offer(new(e.Entity.Tenant, id), frame);
        }
    }
}
