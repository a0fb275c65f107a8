using System.Collections.Immutable;
using SmartService.Domain;
using SmartService.Domain.Customers;
using SmartService.Domain.Popups;
using SmartService.Engine;
using SmartService.Engine.Queries;
using SmartService.ReadModels.Projections;
using SmartService.ReadModels.Storage;

namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>
/// The rows that some events are held against, in memory: projections change them here, and what they changed leaves as one statement.
/// Customers, conversations and forecasts are kept for the next events, for as long as nobody else writes.
/// </summary>
internal sealed class WorkingSet : IReadModelTables
{
    private const int KeptRows = 20_000;
    private readonly Dictionary<(string Tenant, string Conversation), List<QuestionEntry>> _questionsOf = [];
    private readonly Dictionary<(string Tenant, string Id), string> _orders = [];
    private readonly Dictionary<string, TenantEntry> _tenants = [];
    private readonly HashSet<string> _changedTenants = [];
    private readonly Dictionary<(string Tenant, string Id), PopupEntry> _popups = [];
    private readonly Dictionary<(string Tenant, string Id), PopupEntry> _reports = [];
    private readonly HashSet<(string Tenant, string Id)> _owners = [];
    private readonly HashSet<(string Tenant, string Entity)> _owned = [];
    private readonly List<int> _unowned = []; // Rows of the timeline to be written.

    public WorkingSet()
    {
        Customers = new(KeptRows, key => Absent<CustomerEntry>(Needed.Customers.Holds(key) || _owners.Contains(key), key), Put);
        Conversations = new(KeptRows, key => Absent<ConversationEntry>(Needed.Conversations.Holds(key) || Needed.IsOpened(key), key), Put);
        Questions = new(0, key => Absent<QuestionEntry>(Needed.Questions.Holds(key) || Needed.IsAsked(key), key), Put, Came);
        Forecasts = new(KeptRows, _ => null, Put);
    }

    public NeededRows Needed { get; } = new();

    public BatchStatement Statement { get; } = new();

    public RowCache<(string Tenant, string Id), CustomerEntry> Customers { get; }

    public RowCache<(string Tenant, string Id), ConversationEntry> Conversations { get; }

    public RowCache<(string Tenant, string Conversation, int Number), QuestionEntry> Questions { get; }

    public RowCache<(string Tenant, string Id), ForecastEntry> Forecasts { get; }

    /// <returns>Null when the conversation is not in memory.</returns>
    public string? OwnerOf((string Tenant, string Id) conversation) =>
        Conversations.Holds(conversation) ? Conversations.Find(conversation)!.Customer : null;

    public void HoldTenant(TenantEntry row) => _tenants[row.Id] = row;

    public void HoldConversation(ConversationEntry row)
    {
        Conversations.Hold((row.Tenant, row.Id), row);
        _owners.Add((row.Tenant, row.Customer));
    }

    public void HoldOrder(string tenant, string order, string customer)
    {
        _orders[(tenant, order)] = customer;
        _owners.Add((tenant, customer));
    }

    public IReadOnlyList<int> OpenQuestions(string tenant, string conversation) => _questionsOf.TryGetValue((tenant, conversation), out var all)
        ? [.. all.Where(q => q.Answer is null && (QuestionOutcome)q.Outcome is QuestionOutcome.Waiting or QuestionOutcome.HandedOff).Select(q => q.Number).Order()]
        : [];

    public int? QuestionAnsweredBy(string tenant, string conversation, int number) => _questionsOf.TryGetValue((tenant, conversation), out var all)
        ? all.Where(q => q.AnswerNumber == number).Min(q => (int?)q.Number)
        : null;

    public void AddTenant(string id, string name, string locale, long createdAt)
    {
        if (_tenants.TryAdd(id, new() { Id = id, Name = name, Locale = locale, CreatedAt = createdAt }))
        {
            _changedTenants.Add(id);
        }
    }

    public void ChangeTenant(string id, string name, string locale)
    {
        if (_tenants.TryGetValue(id, out var tenant))
        {
            (tenant.Name, tenant.Locale) = (name, locale);
            _changedTenants.Add(id);
        }
    }

    public bool AddOrder(string tenant, string order, string customer)
    {
        if (!_orders.TryAdd((tenant, order), customer))
        {
            return false;
        }

        Statement.Orders.Row().Text(tenant).Text(order).Text(customer);
        return true;
    }

    public string? CustomerOfOrder(string tenant, string order) => _orders.GetValueOrDefault((tenant, order));

    public void AddPopup(string tenant, PopupId popup, string customer, long at, bool withheld, IntentId topic, double probability, double exploration) =>
        _popups.TryAdd((tenant, popup.Value), new()
        {
            Tenant = tenant,
            Id = popup.Value,
            Customer = customer,
            At = at,
            IsWithheld = withheld,
            Topic = topic.Value ?? "",
            Probability = probability,
            Exploration = exploration,
        });

    public void ReportPopup(string tenant, PopupId popup, PopupOutcome outcome)
    {
        var key = (tenant, popup.Value);
        if (!_popups.TryGetValue(key, out var row) && !_reports.TryGetValue(key, out row))
        {
            _reports[key] = row = new() { Tenant = tenant, Id = popup.Value };
        }

        row.IsSeen = true;
        row.IsOpened |= outcome is PopupOutcome.Opened or PopupOutcome.Helpful or PopupOutcome.NotHelpful;
        row.IsDismissed |= outcome == PopupOutcome.Dismissed;
        row.IsIgnored |= outcome == PopupOutcome.Ignored;
        (row.IsHelpful, row.IsUnhelpful) = (outcome == PopupOutcome.Helpful, outcome == PopupOutcome.NotHelpful);
    }

    public void PutForecast(string tenant, string customer, long at, ImmutableArray<IntentScore> ranked) => Forecasts.Add((tenant, customer), new()
    {
        Tenant = tenant,
        Customer = customer,
        At = at,
        First = ForecastEntry.IntentAt(ranked, 0),
        Second = ForecastEntry.IntentAt(ranked, 1),
        Third = ForecastEntry.IntentAt(ranked, 2),
    });

    public int? PlaceInForecast(string tenant, string customer, IntentId intent, DateTimeOffset asked) =>
        Forecasts.Find((tenant, customer)) is { } made ? ForecastEntry.PlaceOf(intent, asked, made.At, made.First, made.Second, made.Third) : null;

    /// <summary>What an entry says is read from the journal when it is shown; only forecasts are kept with their fields, which figures look into.</summary>
    public void AddToTimeline(JournalledEvent e, string? customer)
    {
        if (customer is null)
        {
            _unowned.Add(Statement.Timeline.Count);
        }

        Statement.Timeline.Row().Number(e.Position).Text(e.Entity.Tenant.Value).Text(customer).Number(e.At.UtcTicks).Text(e.Kind).Text(TimelineItem.EntityOf(e))
            .Text("").Text(e.Event is CustomerEvent.ForecastMade ? TimelineJson.TextOf(e.Event) : "");
    }

    public void OwnTimeline(string tenant, string entity, string customer)
    {
        if (_owned.Add((tenant, entity)))
        {
            Statement.Owned.Row().Text(tenant).Text(entity).Text(customer); // Whoever comes second finds nothing left.
        }

        var (tenants, customers, entities) = (Statement.Timeline.Values<string?>(1), Statement.Timeline.Values<string?>(2), Statement.Timeline.Values<string?>(5));
        foreach (var row in _unowned)
        {
            if (customers[row] is null && tenants[row] == StoredText.Of(tenant) && entities[row] == StoredText.Of(entity))
            {
                customers[row] = StoredText.Of(customer);
            }
        }
    }

    /// <remarks>Whoever applies erasures applies nothing else with them: what is written at the same time is only that they happened.</remarks>
    public void EraseCustomer(string tenant, string customer)
    {
        foreach (var rows in Statement.ForgottenCustomers)
        {
            rows.Row().Text(tenant).Text(customer);
        }

        for (var row = Statement.Timeline.Count - 1; row >= 0; row--)
        {
            if (Statement.Timeline.Values<string?>(1)[row] == StoredText.Of(tenant) && Statement.Timeline.Values<string?>(2)[row] == StoredText.Of(customer))
            {
                Statement.Timeline.RemoveAt(row);
            }
        }
    }

    public void EraseConversation(string tenant, string conversation, string? customer)
    {
        Statement.ForgottenConversations.Questions.Row().Text(tenant).Text(conversation);
        Statement.ForgottenConversations.Conversations.Row().Text(tenant).Text(conversation);
        EraseFromTimeline(tenant, customer, "conversation/" + conversation);
    }

    public void EraseOrder(string tenant, string order, string entity, string? customer)
    {
        Statement.ForgottenOrders.Row().Text(tenant).Text(order);
        EraseFromTimeline(tenant, customer, entity);
    }

    /// <summary>Hands what has changed over to the statement.</summary>
    public void Flush()
    {
        Customers.Flush();
        Conversations.Flush();
        Questions.Flush();
        Forecasts.Flush();
        foreach (var tenant in _changedTenants.Select(id => _tenants[id]))
        {
            Statement.Tenants.Row().Text(tenant.Id).Text(tenant.Name).Text(tenant.Locale).Number(tenant.CreatedAt);
        }

        foreach (var popup in _popups.Values)
        {
            Statement.Popups.Row().Text(popup.Tenant).Text(popup.Id).Text(popup.Customer).Number(popup.At).Flag(popup.IsWithheld).Text(popup.Topic)
                .Real(popup.Probability).Real(popup.Exploration).Flag(popup.IsSeen).Flag(popup.IsOpened).Flag(popup.IsDismissed).Flag(popup.IsIgnored)
                .Flag(popup.IsHelpful).Flag(popup.IsUnhelpful);
        }

        foreach (var report in _reports.Values)
        {
            Statement.Reports.Row().Text(report.Tenant).Text(report.Id).Flag(report.IsOpened).Flag(report.IsDismissed).Flag(report.IsIgnored)
                .Flag(report.IsHelpful).Flag(report.IsUnhelpful);
        }
    }

    /// <summary>What was written is forgotten, but for the rows kept for the next events.</summary>
    public void Written()
    {
        Statement.Clear();
        Questions.Drop();
        _questionsOf.Clear();
        _orders.Clear();
        _tenants.Clear();
        _changedTenants.Clear();
        _popups.Clear();
        _reports.Clear();
        _owners.Clear();
        _owned.Clear();
        _unowned.Clear();
    }

    /// <summary>Forgets everything, also what was not written: another node wrote, it failed, or rows went that nobody here listed.</summary>
    public void Drop()
    {
        Written();
        Customers.Drop();
        Conversations.Drop();
        Forecasts.Drop();
    }

    /// <summary>A row that nobody looked for must not be taken for one that is not there.</summary>
    private static T? Absent<T>(bool lookedFor, object key)
        where T : class =>
        lookedFor ? null : throw new InvalidOperationException($"The row {key} of {typeof(T).Name} was needed and not read.");

    private void Came(QuestionEntry question)
    {
        if (!_questionsOf.TryGetValue((question.Tenant, question.Conversation), out var all))
        {
            _questionsOf[(question.Tenant, question.Conversation)] = all = [];
        }

        all.Add(question);
    }

    private void EraseFromTimeline(string tenant, string? customer, string entity)
    {
        if (customer is null)
        {
            Statement.ForgottenUnowned.Row().Text(tenant).Text(entity);
        }
        else
        {
            Statement.ForgottenEntities.Row().Text(tenant).Text(customer).Text(entity);
        }
    }

    private void Put(CustomerEntry row) => Statement.Customers.Row()
        .Text(row.Tenant).Text(row.Id).Text(row.Name).Number(row.Tier).Text(row.Locale).Flag(row.Identified).Number(row.FirstSeen).Number(row.LastSeen)
        .Number(row.Orders).Number(row.Conversations).Flag(row.IsErased);

    private void Put(ConversationEntry row) => Statement.Conversations.Row()
        .Text(row.Tenant).Text(row.Id).Text(row.Customer).Text(row.Locale).Number(row.Mode).Text(row.Agent).Flag(row.IsOpen).Flag(row.WasHandedOff)
        .Number(row.Messages).Text(row.LastText).Number(row.OpenedAt).Number(row.LastAt).Number((long?)row.Score).Text(row.Assignee)
        .Number(row.HandedOffAt).Number(row.PersonAt);

    private void Put(QuestionEntry row) => Statement.Questions.Row()
        .Number(row.Position).Text(row.Tenant).Text(row.Conversation).Number(row.Number).Text(row.Customer).Number(row.At).Text(row.Text).Text(row.Language)
        .Text(row.Intent).Real(row.Confidence).Real(row.OutOfScope).Text(row.Model).Number(row.Outcome).Text(row.Answer).Number((long?)row.AnswerNumber)
        .Text(row.SourceKind).Text(row.SourceId).Number(row.SourceVersion).Real(row.AnswerConfidence).Number((long?)row.Reason).Flag(row.Helpful)
        .Flag(row.IsUnanswered).Number(row.AnsweredAt).Number((long?)row.Foreseen).Text(Folded.Of(row.Text, row.Answer));

    private void Put(ForecastEntry row) => Statement.Forecasts.Row()
        .Text(row.Tenant).Text(row.Customer).Number(row.At).Text(row.First).Text(row.Second).Text(row.Third);
}
