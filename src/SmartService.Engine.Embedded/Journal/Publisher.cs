using SmartService.Engine.Embedded.Feeds;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// Tells everybody of commits, one after another in their order: the index, the recent appends, the feeds, and last those
/// who wait for the acknowledgement. A thread of its own, so that the writer is already busy with the next commit.
/// </summary>
internal sealed class Publisher : IStepwise
{
    private const int MostWaiting = 8;

    private readonly object _gate = new();
    private readonly Queue<JournalWork[]> _waiting = [];
    private readonly ChainIndex _index;
    private readonly RecentAppends _recent;
    private readonly JournalHead _head;
    private readonly FeedHub _feeds;
    private readonly Thread? _thread;
    private bool _busy;
    private bool _closing;

    public Publisher(ChainIndex index, RecentAppends recent, JournalHead head, FeedHub feeds, IConductor? conductor)
    {
        (_index, _recent, _head, _feeds) = (index, recent, head, feeds);
        conductor?.Add(this);
        if (conductor is not null)
        {
            return;
        }

        _thread = new(Run) { IsBackground = true, Name = "journal publisher" };
        _thread.Start();
    }

    /// <summary>Hands over one commit; waits when eight are not yet told.</summary>
    public void Publish(JournalWork[] commit)
    {
        lock (_gate)
        {
            while (_waiting.Count >= MostWaiting)
            {
                WaitForProgress();
            }

            _waiting.Enqueue(commit);
            Monitor.PulseAll(_gate);
        }
    }

    public void WaitUntilIdle()
    {
        lock (_gate)
        {
            while (_waiting.Count > 0 || _busy)
            {
                WaitForProgress();
            }
        }
    }

    /// <summary>Tells what is left and ends the thread.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
        while (_thread is null && HasWork)
        {
            Step();
        }
    }

    public bool HasWork
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0;
            }
        }
    }

    /// <summary>Tells of one commit; for a conductor.</summary>
    public void Step()
    {
        JournalWork[]? commit;
        lock (_gate)
        {
            _waiting.TryDequeue(out commit);
        }

        if (commit is not null)
        {
            Tell(commit);
        }
    }

    /// <summary>Under the lock. Where there is no thread to wait for, the step is taken here.</summary>
    private void WaitForProgress()
    {
        if (_thread is not null)
        {
            Monitor.Wait(_gate);
        }
        else
        {
            Step();
        }
    }

    private void Run()
    {
        while (true)
        {
            JournalWork[]? commit;
            lock (_gate)
            {
                _busy = false;
                Monitor.PulseAll(_gate);
                while (!_waiting.TryDequeue(out commit))
                {
                    if (_closing)
                    {
                        return;
                    }

                    Monitor.Wait(_gate);
                }

                _busy = true;
            }

            Tell(commit);
        }
    }

    private void Tell(JournalWork[] commit)
    {
        if (commit is [ScrubWork { ErasedAt: > 0 } scrub])
        {
            _recent.Scrub(scrub.Key, scrub.ErasedAt);
        }

        _index.Note(commit);
        if (_recent.Add(commit) is { } head)
        {
            // The head moves before the feeds are told: whoever subscribes in between finds these events in the journal.
            _head.MoveTo(head);
            _feeds.Tell(commit);
        }

        foreach (var work in commit)
        {
            work.TrySetResult();
        }

        _head.WakeWaiting();
    }
}
