using System.Collections.Concurrent;
using System.Collections.Immutable;
using SmartService.Engine.Cluster.Journal;
using SmartService.Engine.Feeds;

namespace SmartService.Engine.Cluster.Feeds;

/// <summary>Who listens to which feed in this process.</summary>
internal sealed class FeedListeners
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
    /// <exception cref="JournalException">Somebody listens and it cannot be read.</exception>
    public void Tell(TailEvent e)
    {
        if (_feeds.IsEmpty)
        {
            return;
        }

        var tenant = e.Entity.Tenant;
        Tell(new(tenant, null), e);
        if (e.Feed is { } customer)
        {
            Tell(new(tenant, customer), e);
        }
    }

    private void Tell(FeedKey feed, TailEvent e)
    {
        if (_feeds.ContainsKey(feed))
        {
            var read = e.Read();
            Offer(feed, new(read.Position, read.Entity, read.Kind, read.Event, default, read.At));
        }
    }
}
