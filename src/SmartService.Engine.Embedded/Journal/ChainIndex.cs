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
internal sealed partial class ChainIndex : ISnapshots, IDisposable
{
    /// <summary>Records after which heads are written.</summary>
    private const int FlushRecords = 50_000;

    /// <summary>Heads in memory at which the journal waits for the index.</summary>
    private const int MostFresh = 500_000;

    private const int MostSnapshotsWaiting = 4_096;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly ReaderPool<IndexReader> _readers;
    private readonly IndexWriter _writer;
    private readonly Thread _thread;
    private readonly ILogger _logger;
    private Dictionary<ChainKey, ChainHead> _fresh = [];
    private Dictionary<ChainKey, ChainHead>? _flushing;
    private Dictionary<ChainKey, WaitingSnapshot> _snapshots = [];
    private List<DropWork> _drops = [];
    private KnownChains _known;
    private Task _learning = Task.CompletedTask;
    private long _freshUpTo;
    private int _freshRecords;
    private bool _closing;

    public ChainIndex(string path, string journal, long journalHead, int readers, ILogger logger)
    {
        var (connection, indexedTo) = IndexFile.Open(path, journal, journalHead);
        _writer = new(connection);
        (IndexedTo, _freshUpTo, _logger) = (indexedTo, indexedTo, logger);
        _readers = new(() => new(path), readers);
        _known = new(_readers.Use(0, static (reader, _) => reader.CountChains()));
        Learn(_known);
        _thread = new(Run) { IsBackground = true, Name = "journal index" };
        _thread.Start();
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
        return Read(key, (reader, k) => reader.Head(k));
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

        _thread.Join();
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

    /// <summary>Fills a filter with what the file holds; until that is done, everything is looked up.</summary>
    private void Learn(KnownChains known) => _learning = Task.Run(() =>
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
            LogNotLearnt(e); // Slower, not wrong. Who needs a damaged chain is told then.
        }
    });

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
        while (_fresh.Count > MostFresh && _flushing is not null && !_closing)
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
        while (TakeWork() is { } work)
        {
            try
            {
                _writer.Write(work);
                work.Drops.ForEach(d => d.TrySetResult());
                lock (_gate)
                {
                    _flushing = null;
                    Monitor.PulseAll(_gate);
                }
            }
            catch (SqliteException e)
            {
                // Nothing is lost: the journal has it. The heads stay in memory and are tried again.
                LogFailed(e);
                if (!PutBack(work, e))
                {
                    return;
                }
            }
        }
    }

    private IndexWork? TakeWork()
    {
        lock (_gate)
        {
            while (_freshRecords < FlushRecords && _snapshots.Count == 0 && _drops.Count == 0 && !_closing)
            {
                Monitor.Wait(_gate);
            }

            if (_closing && _fresh.Count == 0 && _snapshots.Count == 0 && _drops.Count == 0)
            {
                return null;
            }

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

    private bool PutBack(IndexWork work, SqliteException cause)
    {
        lock (_gate)
        {
            if (work.Heads is { } heads)
            {
                foreach (var (key, head) in heads)
                {
                    _fresh.TryAdd(key, head);
                }

                (_flushing, _freshRecords) = (null, FlushRecords);
            }

            _drops.AddRange(work.Drops);
            if (!_closing)
            {
                Monitor.Wait(_gate, RetryPause);
            }

            if (_closing)
            {
                _drops.ForEach(d => d.TrySetException(Damage.OfIndex("a snapshot could not be removed", cause)));
            }

            return !_closing;
        }
    }

    [LoggerMessage(2302, LogLevel.Warning, "index.db could not be read to the end; entities never written are looked up there.")]
    private partial void LogNotLearnt(Exception e);

    [LoggerMessage(2301, LogLevel.Warning, "index.db could not be written; it is tried again.")]
    private partial void LogFailed(Exception e);
}
