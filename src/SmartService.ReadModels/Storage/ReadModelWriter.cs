using Microsoft.Data.Sqlite;

namespace SmartService.ReadModels.Storage;

/// <summary>The one writer of the read models: rows, text index and progress change in one transaction.</summary>
/// <remarks>EF's change tracker is left out here: prepared statements write several times the events per second.</remarks>
internal sealed class ReadModelWriter : IDisposable
{
    private const int KeptRows = 20_000;
    private const int TruncateMilliseconds = 2_000;
    private readonly SqliteConnection _connection;
    private readonly List<Statement> _statements = [];
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _saveProgress;
    private readonly Statement _checkpoint;

    public ReadModelWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _saveProgress = Prepare("UPDATE progress SET position = ?1");
        _checkpoint = Prepare("PRAGMA wal_checkpoint(TRUNCATE)");
        Customers = new CustomerTable(this).Cache(KeptRows);
        Conversations = new ConversationTable(this).Cache(KeptRows);
        QuestionTable = new(this);
        Questions = QuestionTable.Cache(0);
        Timeline = new(this);
        Popups = new(this);
        Forecasts = new(this);
        Orders = new(this);
        Tenants = new(this);
        Erasure = new(this);
        Position = ReadPosition();
    }

    /// <summary>Last position whose event is in the tables.</summary>
    public long Position { get; private set; }

    public RowCache<(string Tenant, string Id), CustomerEntry> Customers { get; }

    public RowCache<(string Tenant, string Id), ConversationEntry> Conversations { get; }

    public RowCache<(string Tenant, string Conversation, int Number), QuestionEntry> Questions { get; }

    public QuestionTable QuestionTable { get; }

    public TimelineTable Timeline { get; }

    public PopupTable Popups { get; }

    public ForecastTable Forecasts { get; }

    public OrderTable Orders { get; }

    public TenantTable Tenants { get; }

    public ErasureTable Erasure { get; }

    public Statement Prepare(string sql)
    {
        var statement = new Statement(_connection, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>All of it is written, with the position, or nothing.</summary>
    public void Write(long position, Action project)
    {
        Erasure.WasUsed = false;
        _begin.Run();
        try
        {
            project();
            Flush();
            _saveProgress.Run(position);
            _commit.Run();
            Position = position;
        }
        catch
        {
            Drop();
            RollBack();
            throw;
        }

        if (Erasure.WasUsed)
        {
            // The log of writes still holds what was erased; this empties it.
            ReadModelDatabase.SetPatience(_connection, TruncateMilliseconds);
            _checkpoint.Run();
            ReadModelDatabase.SetPatience(_connection, ReadModelDatabase.BusyMilliseconds);
        }
    }

    /// <summary>Writes changed rows, so that statements over many rows see them.</summary>
    public void Flush()
    {
        Customers.Flush();
        Conversations.Flush();
        Questions.Flush();
    }

    public void Drop()
    {
        Customers.Drop();
        Conversations.Drop();
        Questions.Drop();
    }

    public void Reset()
    {
        Drop();
        ReadModelDatabase.Reset(_connection);
        Position = 0;
    }

    public void Dispose()
    {
        try
        {
            // All into the one file, so that it can be sealed.
            ReadModelDatabase.SetPatience(_connection, 0);
            _checkpoint.Run();
        }
        catch (SqliteException)
        {
            // A reader still holds the log of writes, or the disk fails: it goes unsealed.
        }

        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    /// <summary>Some faults, a full disk among them, have rolled back already.</summary>
    private void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _rollback.Run();
        }
    }

    private long ReadPosition()
    {
        using var progress = Prepare("SELECT position FROM progress").Read();
        return progress.Read() ? progress.Int64(0) : throw new InvalidOperationException("The read models hold no position.");
    }
}
