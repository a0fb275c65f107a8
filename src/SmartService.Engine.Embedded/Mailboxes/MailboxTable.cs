using System.Diagnostics.CodeAnalysis;
using SmartService.Domain;

namespace SmartService.Engine.Embedded.Mailboxes;

/// <summary>
/// The mailboxes in memory, by key. A hash table whose chains run through the mailboxes themselves: beside ConcurrentDictionary
/// it saves a node, with another copy of the key, for each of a million idle entities.
/// </summary>
/// <remarks>
/// Looking up takes no lock. Whoever finds nothing looks again under the shard's lock, so a look that was led astray by
/// a change under way is harmless: it ends, because a moved mailbox only ever points to mailboxes moved before it.
/// </remarks>
internal sealed class MailboxTable<TMailbox>
    where TMailbox : class, ILinkedMailbox<TMailbox>
{
    private const int Shards = 16; // A power of two.
    private readonly Shard[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new Shard())];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool TryGet(EntityKey key, [NotNullWhen(true)] out TMailbox? mailbox)
    {
        var hash = HashOf(key);
        mailbox = Of(hash).Find(key, hash);
        return mailbox is not null;
    }

    /// <returns>What stands under the mailbox's key: this one, or one that was there before.</returns>
    public TMailbox GetOrAdd(TMailbox mailbox, out bool added)
    {
        var hash = HashOf(mailbox.Key);
        var standing = Of(hash).GetOrAdd(mailbox, hash);
        added = ReferenceEquals(standing, mailbox);
        if (added)
        {
            Interlocked.Increment(ref _count);
        }

        return standing;
    }

    /// <summary>Takes out this very mailbox; nothing when it is not in here.</summary>
    public void Remove(TMailbox mailbox)
    {
        var hash = HashOf(mailbox.Key);
        if (Of(hash).Remove(mailbox, hash))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>All mailboxes, shard by shard as they stand when it comes to that shard.</summary>
    public IEnumerable<TMailbox> Each() => _shards.SelectMany(shard => shard.Copy());

    private static uint HashOf(EntityKey key) => (uint)key.GetHashCode();

    /// <summary>By the upper bits; the lower ones choose the chain.</summary>
    private Shard Of(uint hash) => _shards[hash >> 28];

    private sealed class Shard
    {
        private TMailbox?[] _chains = new TMailbox?[16];
        private int _count;

        public TMailbox? Find(EntityKey key, uint hash)
        {
            var chains = Volatile.Read(ref _chains);
            for (var mailbox = Volatile.Read(ref chains[hash & (uint)(chains.Length - 1)]); mailbox is not null; mailbox = mailbox.Next)
            {
                if (mailbox.Key == key)
                {
                    return mailbox;
                }
            }

            return null;
        }

        public TMailbox GetOrAdd(TMailbox mailbox, uint hash)
        {
            lock (this)
            {
                if (Find(mailbox.Key, hash) is { } standing)
                {
                    return standing;
                }

                if (_count == _chains.Length)
                {
                    Grow();
                }

                Link(_chains, mailbox, hash);
                _count++;
                return mailbox;
            }
        }

        public bool Remove(TMailbox mailbox, uint hash)
        {
            lock (this)
            {
                ref var chain = ref _chains[hash & (uint)(_chains.Length - 1)];
                for (TMailbox? before = null, at = chain; at is not null; (before, at) = (at, at.Next))
                {
                    if (!ReferenceEquals(at, mailbox))
                    {
                        continue;
                    }

                    // Its own link stays: whoever stands on it finds the way on.
                    if (before is null)
                    {
                        Volatile.Write(ref chain, at.Next);
                    }
                    else
                    {
                        before.Next = at.Next;
                    }

                    _count--;
                    return true;
                }

                return false;
            }
        }

        public List<TMailbox> Copy()
        {
            lock (this)
            {
                var all = new List<TMailbox>(_count);
                foreach (var chain in _chains)
                {
                    for (var mailbox = chain; mailbox is not null; mailbox = mailbox.Next)
                    {
                        all.Add(mailbox);
                    }
                }

                return all;
            }
        }

        private static void Link(TMailbox?[] chains, TMailbox mailbox, uint hash)
        {
            ref var chain = ref chains[hash & (uint)(chains.Length - 1)];
            mailbox.Next = chain;
            Volatile.Write(ref chain, mailbox);
        }

        private void Grow()
        {
            var all = Copy();
            var chains = new TMailbox?[_chains.Length * 2];
            foreach (var mailbox in all)
            {
                Link(chains, mailbox, HashOf(mailbox.Key));
            }

            Volatile.Write(ref _chains, chains);
        }
    }
}
