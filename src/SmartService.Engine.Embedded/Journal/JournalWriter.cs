using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// The one thread that writes the journal. Commits whatever waits in one transaction; while the disk flushes, the next
/// group gathers by itself, so there is no timer and a lone append waits for nobody.
/// </summary>
/// <remarks>
/// A commit that fails leaves it unknown what is on disk. Then nothing more is acknowledged or accepted, all that waited fails, what was
/// decided ahead is forgotten, and the journal is opened anew: only when everything acknowledged is found there, and a commit has
/// reached the disk, is work accepted again. Until then it is tried with growing pauses; reads go on meanwhile.
/// </remarks>
internal sealed partial class JournalWriter : IEngineLoad, IJournalHealth, IStepwise
{
    private const string QueueName = "journal";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly Func<JournalSession> _reopen;
    private readonly Action _forgetDecidedAhead;
    private readonly Publisher _publisher;
    private readonly WalKeeper _wal;
    private readonly IFatalStop _fatal;
    private readonly EmbeddedEngineOptions _options;
    private readonly EngineMeter _meter;
    private readonly ILogger _logger;
    private readonly FlushDelay? _flushDelay;
    private readonly Thread? _thread;
    private JournalSession _session;
    private WorkGroup _incoming = new();
    private WorkGroup _writing = new();
    private int _pending;
    private long _pendingBytes;
    private bool _idle;
    private bool _closing;
    private Exception? _failed;
    private TimeSpan _pause;
    private long _incomingSince;
    private long _groupSince;
    private long _flushSince;
    private long _slowestFlush;

    /// <param name="reopen">Opens the journal again after a failure and checks that everything acknowledged is in it.</param>
    /// <param name="forgetDecidedAhead">Drops entities whose state stands on what was not written.</param>
    public JournalWriter(
        JournalSession session, Func<JournalSession> reopen, Action forgetDecidedAhead, Publisher publisher, WalKeeper wal, IFatalStop fatal,
        EmbeddedEngineOptions options, EngineMeter meter, ILogger logger)
    {
        (_session, _reopen, _forgetDecidedAhead, _publisher, _wal) = (session, reopen, forgetDecidedAhead, publisher, wal);
        (_fatal, _options, _meter, _logger) = (fatal, options, meter, logger);
        _flushDelay = options.FlushDelay > TimeSpan.Zero || options.FlushDelayFile is not null ? new(options, TimeProvider.System) : null;
        if (options.Conductor is { } conductor)
        {
            conductor.Add(this);
            return;
        }

        _thread = new(Run) { IsBackground = true, Name = "journal writer", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Why nothing can be written now; null when all is well.</summary>
    public string? Fault => Volatile.Read(ref _failed)?.Message;

    public bool HasWork
    {
        get
        {
            lock (_gate)
            {
                return _failed is not null || _incoming.Works.Count > 0;
            }
        }
    }

    /// <summary>Queues work; never waits.</summary>
    /// <param name="record">Of an append; it is copied.</param>
    /// <exception cref="EngineBusyException">The queue is full or the engine is stopping.</exception>
    /// <exception cref="JournalException">A commit has failed and the journal is not yet open again, or the entity's state stands on what
    /// was lost then: load it anew.</exception>
    public void Enqueue(JournalWork work, ReadOnlySpan<byte> record = default)
    {
        lock (_gate)
        {
            if (_failed is not null || work is AppendWork { Stream.IsBroken: true })
            {
                throw Failure(_failed, outcomeKnown: true);
            }

            if (_closing || _pending >= _options.JournalQueueLength || _pendingBytes >= _options.JournalQueueBytes)
            {
                throw new EngineBusyException(QueueName, _options.RetryAfter);
            }

            if (_incoming.Works.Count == 0)
            {
                _incomingSince = Stopwatch.GetTimestamp();
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

    public EngineLoad Take()
    {
        lock (_gate)
        {
            var oldest = _groupSince != 0 ? _groupSince : _incoming.Works.Count > 0 ? _incomingSince : 0;
            var (flush, slowest) = (_flushSince, _slowestFlush);
            _slowestFlush = 0;
            return new(
                oldest == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(oldest),
                TimeSpan.FromTicks(Math.Max(slowest, flush == 0 ? 0 : Stopwatch.GetElapsedTime(flush).Ticks)),
                Math.Max((double)_pending / _options.JournalQueueLength, (double)_pendingBytes / _options.JournalQueueBytes));
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

        _thread?.Join();
        while (_thread is null && _failed is null && HasWork)
        {
            Step();
        }

        _flushDelay?.Dispose();
    }

    /// <summary>Closes the connection, when nobody reads any more.</summary>
    public void CloseSession() => _session.Dispose();

    /// <summary>Writes one group, or tries to open the journal again.</summary>
    public void Step()
    {
        if (_failed is not null)
        {
            TryReopen();
            return;
        }

        lock (_gate)
        {
            (_incoming, _writing) = (_writing, _incoming);
            _groupSince = _incomingSince;
        }

        _session.Group = _writing;
        Write(_writing.Works);
        _writing.Clear();
        lock (_gate)
        {
            _groupSince = 0;
        }
    }

    private static JournalException Failure(Exception? cause, bool outcomeKnown) => new(
        outcomeKnown
            ? "The journal cannot be written now; nothing of this was stored."
            : "The journal could not be written; whether this was stored is not known.",
        outcomeKnown, cause);

    private void Run()
    {
        while (WaitForWork())
        {
            Step();
        }
    }

    /// <summary>False: the engine closes, and nothing waits.</summary>
    private bool WaitForWork()
    {
        lock (_gate)
        {
            if (_failed is not null)
            {
                if (!_closing)
                {
                    Monitor.Wait(_gate, _pause);
                }

                return !_closing;
            }

            while (_incoming.Works.Count == 0 && !_closing)
            {
                _idle = true;
                Monitor.Wait(_gate);
            }

            return _incoming.Works.Count > 0;
        }
    }

    private void Write(List<JournalWork> group)
    {
        for (var done = 0; done < group.Count;)
        {
            var count = NextCommit(group, done, out var bytes);
            var commit = group.GetRange(done, count).ToArray();
            NoteFlush(begins: true);
            try
            {
                Commit(commit, bytes);
            }
#pragma warning disable CA1031 // Whatever went wrong, what is on disk is unknown now.
            catch (Exception e)
#pragma warning restore CA1031
            {
                NoteFlush(begins: false);
                Fail(e, commit, group.Skip(done + count));
                return;
            }

            done += count;
            lock (_gate)
            {
                _pending -= count;
                _pendingBytes -= bytes;
            }

            NoteFlush(begins: false);

            _publisher.Publish(commit);
            if (_wal.WantsFinish)
            {
                _wal.Finish(_session);
            }

            if (_session.HoldsManyFeedHeads)
            {
                _publisher.WaitUntilIdle();
                _session.ForgetFeedHeads();
            }
        }
    }

    private void NoteFlush(bool begins)
    {
        lock (_gate)
        {
            _slowestFlush = begins ? _slowestFlush : Math.Max(_slowestFlush, Stopwatch.GetElapsedTime(_flushSince).Ticks);
            _flushSince = begins ? Stopwatch.GetTimestamp() : 0;
        }
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

    private void Commit(JournalWork[] commit, long bytes)
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

        _session.MarkTail();
        _flushDelay?.Wait();
        _session.Commit();
        _wal.Note(bytes);
        if (commit[0].IsExclusive)
        {
            using var hold = _wal.Hold();
            commit[0].FinishOn(_session);
        }
    }

    /// <param name="commit">May be on disk.</param>
    /// <param name="behind">Waited behind it: not on disk.</param>
    private void Fail(Exception cause, JournalWork[] commit, IEnumerable<JournalWork> behind)
    {
        // Commits before it are told of first: an entity that is forgotten now is read anew at once, and must find them.
        _publisher.WaitUntilIdle();
        List<JournalWork> lost = [.. behind];
        lock (_gate)
        {
            _failed = cause;
            lost.AddRange(_incoming.Works);
            _incoming = new();
            (_pending, _pendingBytes, _pause) = (0, 0, FirstPause);
            foreach (var work in commit.Concat(lost))
            {
                (work as AppendWork)?.Stream.Break();
            }
        }

        Array.ForEach(commit, work => work.TrySetException(Failure(cause, outcomeKnown: false)));
        lost.ForEach(work => work.TrySetException(Failure(cause, outcomeKnown: true)));
        _forgetDecidedAhead();
        _meter.JournalFailed();
        LogFailed(cause);
    }

    private void TryReopen()
    {
        try
        {
            _publisher.WaitUntilIdle(); // The index then knows all that was acknowledged.
            using var hold = _wal.Hold();
            _session.Dispose();
            _session = _reopen();
        }
        catch (LostEventsException e)
        {
            _fatal.Stop(e.Message, e);
            _pause = LongestPause;
            return;
        }
#pragma warning disable CA1031 // Still not: it is tried again, and nothing is accepted till then.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            LogStillFailing(e, _pause);
            return;
        }

        lock (_gate)
        {
            _failed = null;
        }

        _meter.JournalReopened();
        LogReopened(_session.Head);
    }

    [LoggerMessage(2311, LogLevel.Critical, "The journal could not be written. Nothing is accepted until it is open again; reads go on.")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(2312, LogLevel.Error, "The journal still cannot be written; it is tried again in {Pause}.")]
    private partial void LogStillFailing(Exception e, TimeSpan pause);

    [LoggerMessage(2313, LogLevel.Warning, "The journal is open again, everything acknowledged up to position {Head} is there, and work is accepted.")]
    private partial void LogReopened(long head);
}
