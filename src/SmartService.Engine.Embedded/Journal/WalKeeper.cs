using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SmartService.Engine.Embedded.Sqlite;

namespace SmartService.Engine.Embedded.Journal;

/// <summary>
/// Puts what stands in the journal's WAL into its place, on a thread and a connection of its own: nobody who waits for an
/// acknowledgement waits for that as well.
/// </summary>
/// <remarks>
/// A checkpoint beside a writer never reaches the WAL's end, and only a WAL that is copied to its end starts over. So the bulk is
/// copied here, and now and then, again until little is left, and the writer copies the rest between two commits: <see cref="WantsFinish"/>.
/// A checkpoint that fails loses nothing, the WAL is what counts; it is tried again when the WAL has grown by as much again.
/// </remarks>
internal sealed partial class WalKeeper : IStepwise, IDisposable
{
    /// <summary>The writer copies the rest after so many checkpoints: the WAL grows to 64 MiB, and a start after a crash reads it through.</summary>
    private const int CheckpointsPerRound = 4;

    /// <summary>This share of what comes between two checkpoints may be left for the writer.</summary>
    private const int ShareToFinish = 16;

    private const int MostPasses = 4;
    private const int PageBytes = 4_096;

    /// <summary>The pages that each commit changes, whatever it holds: the last of the table, those above it, the mark.</summary>
    private const int PagesPerCommit = 4;

    private readonly object _gate = new();
    private readonly Lock _copying = new();
    private readonly SqliteConnection _connection;
    private readonly Statement _checkpoint;
    private readonly int _pagesBetween;
    private readonly ILogger _logger;
    private readonly Thread? _thread;
    private int _pages;
    private int _checkpoints;
    private int _passes;
    private bool _due;
    private bool _closing;
    private volatile bool _wantsFinish;

    public WalKeeper(string journal, EmbeddedEngineOptions options, ILogger logger)
    {
        _connection = Database.OpenForWriting(journal, "FULL");
        Database.Execute(_connection, "PRAGMA wal_autocheckpoint=0");
        _checkpoint = new(_connection, "PRAGMA wal_checkpoint(PASSIVE)");
        (_pagesBetween, _logger) = (options.CheckpointPages, logger);
        if (options.Conductor is { } conductor)
        {
            conductor.Add(this);
            return;
        }

        _thread = new(Run) { IsBackground = true, Name = "journal checkpoint" };
        _thread.Start();
    }

    public bool HasWork
    {
        get
        {
            lock (_gate)
            {
                return _due;
            }
        }
    }

    /// <summary>The WAL is copied but for a little: time for the writer to <see cref="Finish"/>.</summary>
    public bool WantsFinish => _wantsFinish;

    /// <summary>A commit stands in the WAL.</summary>
    /// <param name="bytes">Of its records.</param>
    public void Note(long bytes)
    {
        _pages += (int)(bytes / PageBytes) + PagesPerCommit; // The writer's thread alone comes here.
        if (_pages < _pagesBetween)
        {
            return;
        }

        _pages = 0;
        lock (_gate)
        {
            _due = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Copies the rest, between two commits of the writer's.</summary>
    public void Finish(JournalSession session)
    {
        _wantsFinish = false;
        try
        {
            session.FinishCheckpoint();
        }
        catch (SqliteException e)
        {
            LogFailed(e);
        }
    }

    /// <summary>Nothing is copied until this is given back: for who wants the WAL to himself.</summary>
    public Lock.Scope Hold() => _copying.EnterScope();

    /// <summary>Copies what can be copied while others read and write.</summary>
    public void Step()
    {
        lock (_gate)
        {
            _due = false;
        }

        var left = TryCopy();
        if (_passes == 0 && ++_checkpoints < CheckpointsPerRound)
        {
            return;
        }

        if (left > _pagesBetween / ShareToFinish && ++_passes < MostPasses)
        {
            lock (_gate)
            {
                _due = true;
            }

            return;
        }

        (_checkpoints, _passes) = (0, 0);
        _wantsFinish = left >= 0;
    }

    /// <summary>Ends the thread; what stands in the WAL stays there.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        _thread?.Join();
        _checkpoint.Dispose();
        _connection.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            lock (_gate)
            {
                while (!_due && !_closing)
                {
                    Monitor.Wait(_gate);
                }

                if (_closing)
                {
                    return;
                }
            }

            Step();
        }
    }

    /// <summary>Pages that are still to be copied; -1 when it failed or another one is at it.</summary>
    private int TryCopy()
    {
        try
        {
            lock (_copying)
            {
                return _checkpoint.Checkpoint();
            }
        }
        catch (SqliteException e)
        {
            LogFailed(e);
            return -1;
        }
    }

    [LoggerMessage(2314, LogLevel.Warning, "What stands in journal.db-wal could not be put into journal.db; nothing is lost, and it is tried again.")]
    private partial void LogFailed(Exception e);
}
