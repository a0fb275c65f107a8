namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// The one thread that writes the journal. Commits whatever waits in one transaction; while the disk flushes, the next
/// group gathers by itself, so there is no timer and a lone append waits for nobody.
/// </summary>
/// <remarks>
/// A commit that fails leaves it unknown what is on disk. Then nothing more is acknowledged or accepted, all that waited
/// fails, and the process is stopped: the next start reads what is there.
/// </remarks>
internal sealed class JournalWriter
{
    private const string QueueName = "journal";

    private readonly object _gate = new();
    private readonly JournalSession _session;
    private readonly Publisher _publisher;
    private readonly IFatalStop _fatal;
    private readonly EmbeddedEngineOptions _options;
    private readonly FlushDelay? _flushDelay;
    private readonly Thread _thread;
    private WorkGroup _incoming = new();
    private int _pending;
    private long _pendingBytes;
    private bool _idle;
    private bool _closing;
    private Exception? _failed;

    public JournalWriter(JournalSession session, Publisher publisher, IFatalStop fatal, EmbeddedEngineOptions options)
    {
        (_session, _publisher, _fatal, _options) = (session, publisher, fatal, options);
        _flushDelay = options.FlushDelay > TimeSpan.Zero || options.FlushDelayFile is not null ? new(options, TimeProvider.System) : null;
        _thread = new(Run) { IsBackground = true, Name = "journal writer", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Queues work; never waits.</summary>
    /// <param name="record">Of an append; it is copied.</param>
    /// <exception cref="EngineBusyException">The queue is full or the engine is stopping.</exception>
    /// <exception cref="JournalException">A commit has failed.</exception>
    public void Enqueue(JournalWork work, ReadOnlySpan<byte> record = default)
    {
        lock (_gate)
        {
            if (_failed is not null)
            {
                throw Failure(_failed, outcomeKnown: true);
            }

            if (_closing || _pending >= _options.JournalQueueLength || _pendingBytes >= _options.JournalQueueBytes)
            {
                throw new EngineBusyException(QueueName, _options.RetryAfter);
            }

            _incoming.Add(work, record);
            _pending++;
            _pendingBytes += work.Bytes;
            if (_idle)
            {
                _idle = false;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Writes what waits and ends the thread.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _flushDelay?.Dispose();
    }

    private static JournalException Failure(Exception cause, bool outcomeKnown) =>
        new("The journal could not be written; the process stops.", outcomeKnown, cause);

    private void Run()
    {
        var group = new WorkGroup();
        while (true)
        {
            lock (_gate)
            {
                while (_incoming.Works.Count == 0 && !_closing)
                {
                    _idle = true;
                    Monitor.Wait(_gate);
                }

                if (_incoming.Works.Count == 0)
                {
                    return;
                }

                (_incoming, group) = (group, _incoming);
            }

            _session.Group = group;
            if (!Write(group.Works))
            {
                return;
            }

            group.Clear();
        }
    }

    private bool Write(List<JournalWork> group)
    {
        for (var done = 0; done < group.Count;)
        {
            var count = NextCommit(group, done, out var bytes);
            var commit = group.GetRange(done, count).ToArray();
            try
            {
                Commit(commit);
            }
#pragma warning disable CA1031 // Whatever went wrong, what is on disk is unknown now.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Fail(e, group.Skip(done));
                return false;
            }

            done += count;
            lock (_gate)
            {
                _pending -= count;
                _pendingBytes -= bytes;
            }

            _publisher.Publish(commit);
            if (_session.HoldsManyFeedHeads)
            {
                _publisher.WaitUntilIdle();
                _session.ForgetFeedHeads();
            }
        }

        return true;
    }

    private int NextCommit(List<JournalWork> group, int from, out long bytes)
    {
        bytes = 0;
        var count = 0;
        if (group[from].IsExclusive)
        {
            bytes = group[from].Bytes;
            return 1;
        }

        while (from + count < group.Count && count < _options.MostAppendsPerCommit && !group[from + count].IsExclusive
            && (count == 0 || bytes + group[from + count].Bytes <= _options.MostBytesPerCommit))
        {
            bytes += group[from + count].Bytes;
            count++;
        }

        return count;
    }

    private void Commit(JournalWork[] commit)
    {
        if (commit[0].IsExclusive)
        {
            _publisher.WaitUntilIdle();
        }

        _session.Begin();
        foreach (var work in commit)
        {
            work.Write(_session);
        }

        _flushDelay?.Wait();
        _session.Commit();
        if (commit[0].IsExclusive)
        {
            commit[0].FinishOn(_session);
        }
    }

    private void Fail(Exception cause, IEnumerable<JournalWork> unfinished)
    {
        List<JournalWork> lost = [.. unfinished];
        lock (_gate)
        {
            _failed = cause;
            lost.AddRange(_incoming.Works);
            _incoming = new();
        }

        foreach (var work in lost)
        {
            work.TrySetException(Failure(cause, outcomeKnown: false));
        }

        _fatal.Stop("The journal could not be written: going on would mean guessing what is on disk.", cause);
    }
}
