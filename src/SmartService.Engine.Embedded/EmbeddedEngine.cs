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
    private const long RecentBytesKept = 16L << 20;

    private const int StartBatch = 4_096;

    private readonly DataFolder _folder;
    private readonly string _identity;
    private readonly JournalHead _head;
    private readonly RecentAppends _recent;
    private readonly WalKeeper _wal;
    private readonly JournalWriter _writer;
    private readonly Publisher _publisher;
    private readonly ChainIndex _index;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly ReaderPool<RecordReader> _readers;
    private readonly ReaderPool<ReminderReader> _reminderReaders;
    private bool _closed;

    private EmbeddedEngine(
        DataFolder folder, SqliteConnection journal, string identity, EmbeddedEngineOptions options, EventCodecs codecs,
        TimeProvider clock, IFatalStop fatal, EngineMeter meter, ILogger<EmbeddedEngine> logger)
    {
        (_folder, _identity, Options) = (folder, identity, options);
        _readers = new(() => new(folder.Journal), options.Readers);
        _reminderReaders = new(() => new(folder.Journal), 1);
        var last = Last();
        JournalTail.Prepare(journal, last);
        JournalTail.Require(journal, last);
        FlushNames();
        _index = ChainIndex.Open(folder.Index, identity, last, options, logger);
        CatchUp(_readers, _index, last);
        _head = new(last);
        _recent = new(options.RecentAppends, RecentBytesKept, codecs);
        Hub = new(codecs, clock, options.FeedBuffer);
        _publisher = new(_index, _recent, _head, Hub, options.Conductor);
        Passivator = new(options.IdleTime, clock);
        _wal = new(folder.Journal, options, logger);
        _writer = new(new(journal, _index, last), Reopen, Passivator.DropPoisoned, _publisher, _wal, fatal, options, meter, logger);
        _checkpoints = new(folder.Checkpoints, identity);
        Journal = new SqliteJournal(_writer, _readers, _index, _recent, _head, codecs, clock);
        Erasure = new SqliteErasure(_writer, _index, codecs);
        Feeds = new EmbeddedFeeds(Hub, Journal);
        Reminders = new ReminderStore(_writer, _reminderReaders);
        Quarantine = new(clock, meter, logger);
    }

    public EmbeddedEngineOptions Options { get; }

    public IJournal Journal { get; }

    public IEngineLoad Load => _writer;

    public IJournalHealth Health => _writer;

    public IJournalErasure Erasure { get; }

    public ISnapshots Snapshots => _index;

    public ICheckpoints Checkpoints => _checkpoints;

    public IFeeds Feeds { get; }

    public IReminderStore Reminders { get; }

    public Passivator Passivator { get; }

    public Quarantine Quarantine { get; }

    public FeedHub Hub { get; }

    /// <exception cref="DataFolderException">The folder cannot be used.</exception>
    /// <exception cref="DataFormatException">The data is of a format this program does not know.</exception>
    /// <exception cref="JournalException">The data is damaged.</exception>
    public static EmbeddedEngine Open(
        EmbeddedEngineOptions options, EventCodecs codecs, TimeProvider clock, IFatalStop fatal, EngineMeter meter, ILogger<EmbeddedEngine> logger)
    {
        var folder = DataFolder.Open(options.DataDirectory);
        SqliteConnection? journal = null;
        try
        {
            WalCheck.Require(folder.Journal + "-wal");
            journal = OpenJournal(folder);
            var identity = JournalFormat.Prepare(journal);
            ReminderTable.Require(journal);
            return new(folder, journal, identity, options, codecs, clock, fatal, meter, logger);
        }
        catch (SqliteException e)
        {
            journal?.Dispose();
            folder.Dispose();
            throw new JournalException($"journal.db could not be opened: {e.Message}. Restore a backup.", outcomeKnown: true, e);
        }
        catch (IOException e)
        {
            journal?.Dispose();
            folder.Dispose();
            throw new DataFolderException($"The data folder {folder.Path} cannot be used: {e.Message} Repair the disk, or choose another folder with --data DIR.", e);
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
        _wal.Dispose();
        _publisher.Close();
        _index.Dispose();
        _checkpoints.Dispose();
        _reminderReaders.Dispose();
        _readers.Dispose();
        _writer.CloseSession();
        _folder.Dispose();
    }

    private static SqliteConnection OpenJournal(DataFolder folder)
    {
        var journal = Database.OpenForWriting(folder.Journal, "FULL");
        Database.Execute(journal, "PRAGMA wal_autocheckpoint=0"); // The keeper does that.
        return journal;
    }

    /// <summary>
    /// The names of journal and WAL. SQLite flushes the WAL's name with the first flush of the connection that made it; when that one failed or only read,
    /// later ones flush what is in the file, and nobody its name.
    /// </summary>
    private void FlushNames() => FlushedFolder.Flush(_folder.Path);

    private long Last() => _readers.Use(0, (reader, _) => reader.Last())?.LastPosition ?? 0;

    /// <summary>
    /// Opens the journal after a failed commit, by the writer's thread, when everybody has been told of all commits before. What is in the file
    /// counts: nothing acknowledged may be missing; what turns out to have been written, though nobody was told, is told now.
    /// </summary>
    private JournalSession Reopen()
    {
        var journal = OpenJournal(_folder);
        JournalSession? session = null;
        try
        {
            if (JournalFormat.Prepare(journal) != _identity)
            {
                throw new DataFormatException("journal.db is another one than before.");
            }

            var last = Last();
            if (last < _head.Position)
            {
                throw new LostEventsException(_head.Position, last);
            }

            session = new(journal, _index, last);
            if (!session.TryTruncateWal())
            {
                // Frames of the failed commit would stand behind those of the next ones and look like damage after a crash.
                throw new IOException("journal.db-wal is in use by a reader (a backup?)");
            }

            session.Probe();
            FlushNames();
            TellOfFound(last);
            return session;
        }
        catch
        {
            session?.Dispose(); // Statements first: they would keep the connection.
            journal.Dispose();
            throw;
        }
    }

    private void TellOfFound(long last)
    {
        CatchUp(_readers, _index, last, from: _head.Position);
        _recent.Clear();
        _head.MoveTo(last);
        _head.WakeWaiting();
        Hub.AllBehind();
    }

    /// <summary>Reads the journal's tail that the index has not seen.</summary>
    private static void CatchUp(ReaderPool<RecordReader> readers, ChainIndex index, long last, long? from = null)
    {
        for (var position = from ?? index.IndexedTo; position < last;)
        {
            var records = readers.Use(position, (reader, after) => reader.After(after, after + StartBatch));
            if (records.Count == 0)
            {
                throw Damage.At(position + 1, "it is missing");
            }

            records.ForEach(index.Note);
            position = records[^1].LastPosition;
        }
    }
}
