using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Journal;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// Where each chain of records ends, and snapshots: all that must be found by name.
/// </summary>
/// <remarks>
/// An index row per event, kept within the journal's own commits, would touch another page for every entity: with many
/// entities that is sixteen bytes written for each byte of event. So the journal itself is only appended to. Heads
/// gather in memory here and are written, sorted, by a thread of their own, one row per chain however many events it got.
/// After a crash the journal's tail beyond "indexed_to" is read again (at most about <see cref="FlushRecords"/> records twice).
/// </remarks>
internal sealed partial class ChainIndex : ISnapshots, IStepwise, IDisposable
{
    /// <summary>Records after which heads are written.</summary>
    private const int FlushRecords = 50_000;

    /// <summary>Heads in memory at which the journal waits for the index.</summary>
    private const int MostFresh = 500_000;

    private const int MostSnapshotsWaiting = 4_096;

    /// <summary>Chains up to which the file is read through before the engine opens, under a second for all of them; beyond it, meanwhile. Whoever comes first waits for it in any case, and beside a crowd it takes longer.</summary>
    private const int FewChains = 2_000_000;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly ReaderPool<IndexReader> _readers;
    private readonly IndexWriter _writer;
    private readonly Thread? _thread;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly ILogger _logger;
    private Dictionary<ChainKey, ChainHead> _fresh = [];
    private Dictionary<ChainKey, ChainHead>? _flushing;
    private Dictionary<ChainKey, WaitingSnapshot> _snapshots = [];
    private List<DropWork> _drops = [];
    private KnownChains _known;
    private readonly Task _readThrough;
    private readonly string _path;
    private Task _learning = Task.CompletedTask;
    private long _freshUpTo;
    private int _freshRecords;
    private bool _closing;
    private JournalException? _damage;
    private long? _failedAt;

    private ChainIndex(string path, SqliteConnection connection, long indexedTo, EmbeddedEngineOptions options, ILogger logger)
    {
        _writer = new(connection);
        (_path, IndexedTo, _freshUpTo, _logger) = (path, indexedTo, indexedTo, logger);
        _readers = new(() => new(path), options.Readers);
        _known = new(_readers.Use(0, static (reader, _) => reader.CountChains()));
        if (_known.Capacity <= 2 * FewChains || options.Conductor is not null)
        {
            LearnAll(_known);
        }
        else
        {
            Learn(_known);
        }

        _readThrough = _learning;

        if (options.Conductor is { } conductor)
        {
            conductor.Add(this);
            return;
        }

        _thread = new(Run) { IsBackground = true, Name = "journal index" };
        _thread.Start();
    }

    /// <summary>Opens the index of one journal; what is missing, damaged or foreign is made anew.</summary>
    public static ChainIndex Open(string path, string journal, long journalHead, EmbeddedEngineOptions options, ILogger logger)
    {
        var (connection, indexedTo) = IndexFile.Open(path, journal, journalHead);
        var index = new ChainIndex(path, connection, indexedTo, options, logger);
        if (index._damage is not { } damage)
        {
            return index;
        }

        index.LogMadeAnew(damage);
        index.Abandon();
        IndexFile.Delete(path);
        (connection, indexedTo) = IndexFile.Open(path, journal, journalHead);
        return new(path, connection, indexedTo, options, logger);
    }

    public bool HasWork
    {
        get
        {
            lock (_gate)
            {
                return HasWaiting() && (_failedAt is not { } at || _closing || _clock.GetElapsedTime(at) > RetryPause);
            }
        }
    }

    /// <summary>Position up to which the file knew all heads when it was opened.</summary>
    public long IndexedTo { get; }

    public ChainHead Find(ChainKey key)
    {
        KnownChains known;
        lock (_gate)
        {
            known = _known;
            if (_fresh.TryGetValue(key, out var head) || (_flushing?.TryGetValue(key, out head) ?? false))
            {
                return head;
            }
        }

        if (!known.MayHold(key))
        {
            return default;
        }

        // What was flushed between the look above and this one is in the file by now.
        var found = Read(key, (reader, k) => reader.Head(k));
        if (found == default)
        {
            RequireWhole();
        }

        return found;
    }

    /// <summary>Takes note of records that are on disk, in order.</summary>
    public void Note(ReadOnlySpan<JournalWork> committed)
    {
        lock (_gate)
        {
            foreach (var work in committed)
            {
                if (work is AppendWork append)
                {
                    Note(append.Stream.Key, append.Feed, append.Position, append.LastVersion, append.LastPosition);
                }
            }

            FlushIfMany();
        }
    }

    /// <summary>Takes note of a record read back at start.</summary>
    public void Note(StoredRecord record)
    {
        lock (_gate)
        {
            Note(record.Key, record.Feed, record.Position, record.LastVersion, record.LastPosition);
            FlushIfMany();
        }
    }

    public ValueTask<StoredSnapshot?> LoadAsync(StreamKey key, CancellationToken ct) =>
        new(Read(ChainKey.Of(key), (reader, k) => reader.Snapshot(k)));

    public void Offer(StreamKey key, long version, string schema, Func<byte[]> encode)
    {
        lock (_gate)
        {
            if (_snapshots.Count < MostSnapshotsWaiting && !_closing)
            {
                _snapshots[ChainKey.Of(key)] = new(version, schema, encode);
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Removes a snapshot, also from where SQLite keeps old pages. Completes when that is on disk.</summary>
    /// <exception cref="EngineBusyException">The engine is stopping.</exception>
    public Task DropSnapshotAsync(ChainKey key)
    {
        lock (_gate)
        {
            if (_closing)
            {
                throw new EngineBusyException("index", RetryPause);
            }

            var drop = new DropWork(key);
            _snapshots.Remove(key);
            _drops.Add(drop);
            Monitor.PulseAll(_gate);
            return drop.Task;
        }
    }

    /// <summary>Writes what is left and closes.</summary>
    public void Dispose()
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

        _learning.Wait();
        _readers.Dispose();
        _writer.Dispose();
    }

    private TResult Read<TResult>(ChainKey key, Func<IndexReader, ChainKey, TResult> read)
    {
        try
        {
            return _readers.Use(key, read);
        }
        catch (SqliteException e)
        {
            throw Damage.OfIndex(e.Message, e);
        }
    }

    private void Note(StreamKey key, Domain.CustomerId? feed, long position, long version, long lastPosition)
    {
        Note(ChainKey.Of(key), new(position, version));
        if (feed is { } customer)
        {
            Note(ChainKey.OfFeed(key.Entity.Tenant, customer), new(position, 0));
        }

        _freshUpTo = lastPosition;
        _freshRecords++;
    }

    private void Note(ChainKey chain, ChainHead head)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_fresh, chain, out var exists);
        known = head;
        if (!exists)
        {
            _known.Add(chain);
        }
    }

    /// <summary>Fills a filter with what the file holds; until that is done, everything is looked up. On a thread of its own: after a start at a peak the pool has a long line, and those in it wait for this.</summary>
    private void Learn(KnownChains known) =>
        _learning = Task.Factory.StartNew(() => LearnAll(known), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Every row is checked on the way: one that is gone or renamed would make its entity look as if it had never been.</summary>
    private void LearnAll(KnownChains known)
    {
        try
        {
            var all = Read(default, (reader, _) => reader.EachChain(chain =>
            {
                known.Add(chain);
                return !Volatile.Read(ref _closing);
            }));
            if (all)
            {
                known.Complete();
            }
        }
        catch (JournalException e)
        {
            Volatile.Write(ref _damage, e);
            LogDamaged(e);
            IndexFile.Condemn(_path);
        }
    }

    /// <summary>"There is none" is an answer only of a file that was read through.</summary>
    private void RequireWhole()
    {
        _readThrough.Wait();
        if (Volatile.Read(ref _damage) is { } damage)
        {
            throw new JournalException(damage.Message, outcomeKnown: true, damage, isDamage: true);
        }
    }

    private void Abandon()
    {
        lock (_gate)
        {
            (_closing, _fresh, _snapshots, _drops) = (true, [], [], []);
            Monitor.PulseAll(_gate);
        }

        _thread?.Join();
        _readers.Dispose();
        _writer.Dispose();
    }

    private void LearnAnewIfFull()
    {
        if (!_known.IsFull || !_learning.IsCompleted || _closing)
        {
            return;
        }

        _known = new(_known.Capacity);
        foreach (var chain in _fresh.Keys.Concat(_flushing?.Keys ?? Enumerable.Empty<ChainKey>()))
        {
            _known.Add(chain);
        }

        Learn(_known);
    }

    private void FlushIfMany()
    {
        LearnAnewIfFull();
        while (_fresh.Count > MostFresh && _flushing is not null && !_closing && _thread is not null)
        {
            Monitor.Wait(_gate);
        }

        if (_freshRecords >= FlushRecords && _flushing is null)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Run()
    {
        while (WaitForWork())
        {
            Step();
        }
    }

    /// <summary>Writes what waits.</summary>
    public void Step()
    {
        var work = TakeWork();
        try
        {
            _writer.Write(work);
            work.Drops.ForEach(d => d.TrySetResult());
            lock (_gate)
            {
                (_flushing, _failedAt) = (null, null);
                Monitor.PulseAll(_gate);
            }
        }
        catch (SqliteException e)
        {
            // Nothing is lost: the journal has it. The heads stay in memory and are tried again.
            LogFailed(e);
            PutBack(work, e);
        }
    }

    /// <summary>Under the lock.</summary>
    private bool HasWaiting() =>
        _freshRecords >= FlushRecords || _snapshots.Count > 0 || _drops.Count > 0 || (_closing && _fresh.Count > 0);

    /// <summary>False: all is written and the engine closes.</summary>
    private bool WaitForWork()
    {
        lock (_gate)
        {
            if (_failedAt is not null && !_closing)
            {
                Monitor.Wait(_gate, RetryPause);
            }

            while (!HasWaiting() && !_closing)
            {
                Monitor.Wait(_gate);
            }

            return HasWaiting();
        }
    }

    private IndexWork TakeWork()
    {
        lock (_gate)
        {
            Dictionary<ChainKey, ChainHead>? heads = null;
            if (_freshRecords >= FlushRecords || _closing)
            {
                heads = _flushing = _fresh;
                (_fresh, _freshRecords) = ([], 0);
            }

            var work = new IndexWork(heads, _freshUpTo, _snapshots, _drops);
            (_snapshots, _drops) = ([], []);
            return work;
        }
    }

    /// <summary>Closing, it is given up: the journal's tail is read again at the next start.</summary>
    private void PutBack(IndexWork work, SqliteException cause)
    {
        lock (_gate)
        {
            _failedAt = _clock.GetTimestamp();
            if (_closing)
            {
                (_fresh, _flushing) = ([], null);
                work.Drops.ForEach(d => d.TrySetException(Damage.OfIndex("a snapshot could not be removed", cause)));
                return;
            }

            if (work.Heads is { } heads)
            {
                foreach (var (key, head) in heads)
                {
                    _fresh.TryAdd(key, head);
                }

                (_flushing, _freshRecords) = (null, FlushRecords);
            }

            _drops.AddRange(work.Drops);
        }
    }

    [LoggerMessage(2302, LogLevel.Critical, "index.db is damaged. Entities it does not show are not answered for until it is made anew.")]
    private partial void LogDamaged(Exception e);

    [LoggerMessage(2303, LogLevel.Warning, "index.db is damaged and made anew from the journal.")]
    private partial void LogMadeAnew(Exception e);

    [LoggerMessage(2301, LogLevel.Warning, "index.db could not be written; it is tried again.")]
    private partial void LogFailed(Exception e);
}
