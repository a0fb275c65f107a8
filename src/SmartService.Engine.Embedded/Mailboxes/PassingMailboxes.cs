namespace SmartService.Engine.Embedded.Mailboxes;

/// <summary>
/// Entities that only those who come by have called, in the order they came into memory. When they are too many the first leave, so that an import of any length takes the memory of
/// so many entities and no more.
/// </summary>
/// <remarks>Not at once: what follows an import, a forecast for one, finds most of its customers still in memory.</remarks>
internal sealed class PassingMailboxes<TMailbox>(int most)
    where TMailbox : class, IPassingMailbox
{
    /// <summary>More than come in at a time: after a jam, when many could not leave, they become fewer again.</summary>
    private const int LooksAtATime = 2;

    private readonly Queue<TMailbox> _queue = new();

    public void Add(TMailbox mailbox)
    {
        lock (_queue)
        {
            _queue.Enqueue(mailbox);
        }

        for (var i = 0; i < LooksAtATime && TryTake() is { } first; i++)
        {
            if (!first.TryLeave() && first.IsPassing)
            {
                lock (_queue)
                {
                    _queue.Enqueue(first); // Something is under way.
                }
            }
        }
    }

    /// <summary>Forgets those that have left or were called by others meanwhile.</summary>
    public void Tidy()
    {
        lock (_queue)
        {
            for (var left = _queue.Count; left > 0; left--)
            {
                if (_queue.Dequeue() is { IsPassing: true } mailbox)
                {
                    _queue.Enqueue(mailbox);
                }
            }
        }
    }

    private TMailbox? TryTake()
    {
        lock (_queue)
        {
            return _queue.Count > most ? _queue.Dequeue() : null;
        }
    }
}
