using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SmartService.Engine.Embedded.Checkpoints;
using SmartService.Engine.Embedded.Feeds;
using SmartService.Engine.Embedded.Journal;
using SmartService.Engine.Embedded.Mailboxes;
using SmartService.Engine.Embedded.Reminders;
using SmartService.Engine.Embedded.Sqlite;
using SmartService.Engine.Feeds;
using SmartService.Engine.Journal;
using SmartService.Engine.Scheduling;

namespace SmartService.Engine.Embedded;

/// <summary>The parts of the engine over one data folder, opened together and closed in order.</summary>
internal sealed class EmbeddedEngine : IDisposable
{
    private const int RecentAppendsKept = 8_192;
    private const long RecentBytesKept = 16L << 20;

    /// <summary>16 MiB of WAL between two checkpoints: each costs two flushes.</summary>
    private const int CheckpointPages = 4_096;

    private const int StartBatch = 4_096;

    private readonly DataFolder _folder;
    private readonly JournalSession _session;
    private readonly JournalWriter _writer;
    private readonly Publisher _publisher;
    private readonly ChainIndex _index;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly ReaderPool<RecordReader> _readers;
    private readonly ReaderPool<ReminderReader> _reminderReaders;
    private bool _closed;

    private EmbeddedEngine(
        DataFolder folder, SqliteConnection journal, string identity, EmbeddedEngineOptions options, EventCodecs codecs,
        TimeProvider clock, IFatalStop fatal, ILogger<EmbeddedEngine> logger)
    {
        (_folder, Options) = (folder, options);
        _readers = new(() => new(folder.Journal), options.Readers);
        _reminderReaders = new(() => new(folder.Journal), 1);
        var last = _readers.Use(0, (reader, _) => reader.Last())?.LastPosition ?? 0;
        _index = new(folder.Index, identity, last, options.Readers, logger);
        CatchUp(_readers, _index, last);
        var head = new JournalHead(last);
        var recent = new RecentAppends(RecentAppendsKept, RecentBytesKept, codecs);
        Hub = new(codecs, clock, options.FeedBuffer);
        _publisher = new(_index, recent, head, Hub);
        _session = new(journal, _index, last);
        _writer = new(_session, _publisher, fatal, options);
        _checkpoints = new(folder.Checkpoints, identity);
        Journal = new SqliteJournal(_writer, _readers, _index, recent, head, codecs, clock);
        Erasure = new SqliteErasure(_writer, _index, codecs);
        Feeds = new EmbeddedFeeds(Hub, Journal);
        Reminders = new ReminderStore(_writer, _reminderReaders);
        Passivator = new(options.IdleTime, clock);
    }

    public EmbeddedEngineOptions Options { get; }

    public IJournal Journal { get; }

    public IJournalErasure Erasure { get; }

    public ISnapshots Snapshots => _index;

    public ICheckpoints Checkpoints => _checkpoints;

    public IFeeds Feeds { get; }

    public IReminderStore Reminders { get; }

    public Passivator Passivator { get; }

    public FeedHub Hub { get; }

    /// <exception cref="DataFolderException">The folder cannot be used.</exception>
    /// <exception cref="DataFormatException">The data is of a format this program does not know.</exception>
    /// <exception cref="JournalException">The data is damaged.</exception>
    public static EmbeddedEngine Open(
        EmbeddedEngineOptions options, EventCodecs codecs, TimeProvider clock, IFatalStop fatal, ILogger<EmbeddedEngine> logger)
    {
        var folder = DataFolder.Open(options.DataDirectory);
        SqliteConnection? journal = null;
        try
        {
            journal = Database.OpenForWriting(folder.Journal, "FULL");
            Database.Execute(journal, $"PRAGMA wal_autocheckpoint={CheckpointPages}");
            return new(folder, journal, JournalFormat.Prepare(journal), options, codecs, clock, fatal, logger);
        }
        catch (SqliteException e)
        {
            journal?.Dispose();
            folder.Dispose();
            throw new JournalException($"journal.db could not be opened: {e.Message}. Restore a backup.", outcomeKnown: true, e);
        }
        catch
        {
            journal?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Queues work beside appends; for reminders and tests.</summary>
    public void Enqueue(JournalWork work) => _writer.Enqueue(work);

    /// <summary>Acknowledges what waits, writes the index and closes all files.</summary>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        Passivator.Dispose();
        _writer.Close();
        _publisher.Close();
        _index.Dispose();
        _checkpoints.Dispose();
        _reminderReaders.Dispose();
        _readers.Dispose();
        _session.Dispose();
        _folder.Dispose();
    }

    /// <summary>Reads the journal's tail that the index has not seen.</summary>
    private static void CatchUp(ReaderPool<RecordReader> readers, ChainIndex index, long last)
    {
        for (var position = index.IndexedTo; position < last;)
        {
            var records = readers.Use(position, (reader, after) => reader.After(after, StartBatch));
            if (records.Count == 0)
            {
                throw Damage.At(position + 1, "it is missing");
            }

            records.ForEach(index.Note);
            position = records[^1].LastPosition;
        }
    }
}
