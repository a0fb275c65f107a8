using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using SmartService.Domain;
using SmartService.Domain.Popups;
using SmartService.Engine;

namespace SmartService.ReadModels.Storage;

/// <summary>The one writer of the read models: rows, text index and progress change in one transaction.</summary>
/// <remarks>EF's change tracker is left out here: prepared statements write several times the events per second.</remarks>
internal sealed class ReadModelWriter : IReadModelTables, IDisposable
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
    private readonly HourTable _hours;
    private readonly QuestionTable _questions;
    private readonly ErasureTable _erasure;
    private readonly TenantTable _tenants;
    private readonly OrderTable _orders;
    private readonly ForecastTable _forecasts;
    private readonly PopupTable _popups;
    private readonly TimelineTable _timeline;

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
        _hours = new(this);
        _questions = new(this, _hours);
        Questions = _questions.Cache(0);
        _timeline = new(this);
        _popups = new(this);
        _forecasts = new(this);
        _orders = new(this);
        _tenants = new(this);
        _erasure = new(this);
        Position = ReadPosition();
    }

    /// <summary>Last position whose event is in the tables.</summary>
    public long Position { get; private set; }

    public RowCache<(string Tenant, string Id), CustomerEntry> Customers { get; }

    public RowCache<(string Tenant, string Id), ConversationEntry> Conversations { get; }

    public RowCache<(string Tenant, string Conversation, int Number), QuestionEntry> Questions { get; }

    public IReadOnlyList<int> OpenQuestions(string tenant, string conversation)
    {
        Flush();
        return _questions.OpenIn(tenant, conversation);
    }

    public int? QuestionAnsweredBy(string tenant, string conversation, int number)
    {
        Flush();
        return _questions.AnsweredBy(tenant, conversation, number);
    }

    public void AddTenant(string id, string name, string locale, long createdAt) => _tenants.Add(id, name, locale, createdAt);

    public void ChangeTenant(string id, string name, string locale) => _tenants.Change(id, name, locale);

    public bool AddOrder(string tenant, string order, string customer) => _orders.Add(tenant, order, customer);

    public string? CustomerOfOrder(string tenant, string order) => _orders.CustomerOf(tenant, order);

    public void AddPopup(string tenant, PopupId popup, string customer, long at, bool withheld, IntentId topic, double probability, double exploration) =>
        _popups.Add(tenant, popup, customer, at, withheld, topic, probability, exploration);

    public void ReportPopup(string tenant, PopupId popup, PopupOutcome outcome) => _popups.Report(tenant, popup, outcome);

    public void PutForecast(string tenant, string customer, long at, ImmutableArray<IntentScore> ranked) => _forecasts.Put(tenant, customer, at, ranked);

    public int? PlaceInForecast(string tenant, string customer, IntentId intent, DateTimeOffset asked) => _forecasts.PlaceOf(tenant, customer, intent, asked);

    public void AddToTimeline(JournalledEvent e, string? customer) => _timeline.Add(e, customer);

    public void OwnTimeline(string tenant, string entity, string customer) => _timeline.Own(tenant, entity, customer);

    public void EraseCustomer(string tenant, string customer) => _erasure.Customer(tenant, customer);

    public void EraseConversation(string tenant, string conversation, string? customer) => _erasure.Conversation(tenant, conversation, customer);

    public void EraseOrder(string tenant, string order, string entity, string? customer) => _erasure.Order(tenant, order, entity, customer);

    public Statement Prepare(string sql)
    {
        var statement = new Statement(_connection, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>All of it is written, with the position, or nothing.</summary>
    public void Write(long position, Action project)
    {
        _erasure.WasUsed = false;
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

        if (_erasure.WasUsed)
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
        _hours.Flush();
    }

    public void Drop()
    {
        Customers.Drop();
        Conversations.Drop();
        Questions.Drop();
        _hours.Drop();
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
