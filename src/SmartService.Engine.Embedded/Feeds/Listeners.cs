namespace SmartService.Engine.Embedded.Feeds;

/// <summary>The readers of one feed now; copied on change, so that telling them takes no lock.</summary>
internal sealed class Listeners
{
    private volatile Subscription[] _all = [];
    private bool _removed;

    public Subscription[] All => _all;

    /// <summary>False when this list has been emptied and taken out: look up the feed again.</summary>
    public bool TryAdd(Subscription subscription)
    {
        lock (this)
        {
            if (_removed)
            {
                return false;
            }

            _all = [.. _all, subscription];
            return true;
        }
    }

    /// <summary>True when it was the last one: take this list out.</summary>
    public bool Remove(Subscription subscription)
    {
        lock (this)
        {
            _all = [.. _all.Where(s => s != subscription)];
            _removed = _all.Length == 0;
            return _removed;
        }
    }
}
