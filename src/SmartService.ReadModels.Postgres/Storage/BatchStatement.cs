using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace SmartService.ReadModels.Postgres.Storage;

/// <summary>
/// All that some events change, as one statement: it moves the position from where this node left it, and writes rows only if it could.
/// </summary>
/// <remarks>
/// One statement, not a transaction of several: it begins when the server has all of it, so that a node which is stopped in the middle
/// of sending holds no lock, and it is over before an answer comes back. A node that was overtaken finds another position than the one
/// it left, waits for nobody and writes nothing. Parts see the tables as they were before the statement; no row is in two of them.
/// </remarks>
internal sealed class BatchStatement
{
    private readonly RowSet[] _parts;
    private readonly Dictionary<int, string> _texts = [];

    public BatchStatement() => _parts =
    [
        Tenants, Customers, Conversations, Questions, Timeline, Owned, Popups, Reports, Forecasts, Orders,
        .. ForgottenCustomers,
        ForgottenConversations.Questions, ForgottenConversations.Conversations, ForgottenEntities, ForgottenUnowned, ForgottenOrders,
    ];

    public RowSet Tenants { get; } = new(
        """
        INSERT INTO read_models.tenants (id, name, locale, created_at) SELECT * FROM {rows} {moved}
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, locale = excluded.locale
        """, "text", "text", "text", "number");

    public RowSet Customers { get; } = new(
        """
        INSERT INTO read_models.customers (tenant, id, name, tier, locale, identified, first_seen, last_seen, orders, conversations, erased)
        SELECT * FROM {rows} {moved}
        ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name, tier = excluded.tier, locale = excluded.locale, identified = excluded.identified,
          first_seen = excluded.first_seen, last_seen = excluded.last_seen, orders = excluded.orders, conversations = excluded.conversations, erased = excluded.erased
        """, "text", "text", "text", "number", "text", "flag", "number", "number", "number", "number", "flag");

    public RowSet Conversations { get; } = new(
        """
        INSERT INTO read_models.conversations (tenant, id, customer, locale, mode, agent, open, handed_off, messages, last_text, opened_at, last_at,
          score, assignee, handed_off_at, person_at)
        SELECT * FROM {rows} {moved}
        ON CONFLICT (tenant, id) DO UPDATE SET customer = excluded.customer, locale = excluded.locale, mode = excluded.mode, agent = excluded.agent,
          open = excluded.open, handed_off = excluded.handed_off, messages = excluded.messages, last_text = excluded.last_text,
          opened_at = excluded.opened_at, last_at = excluded.last_at, score = excluded.score, assignee = excluded.assignee,
          handed_off_at = excluded.handed_off_at, person_at = excluded.person_at
        """, "text", "text", "text", "text", "number", "text", "flag", "flag", "number", "text", "number", "number", "number?", "text", "number?", "number?");

    public RowSet Questions { get; } = new(
        """
        INSERT INTO read_models.questions (position, tenant, conversation, number, customer, at, text, language, intent, confidence, out_of_scope, model,
          outcome, answer, answer_number, source_kind, source_id, source_version, answer_confidence, reason, helpful, unanswered, answered_at, foreseen, search)
        SELECT * FROM {rows} {moved}
        ON CONFLICT (position) DO UPDATE SET outcome = excluded.outcome, answer = excluded.answer, answer_number = excluded.answer_number,
          source_kind = excluded.source_kind, source_id = excluded.source_id, source_version = excluded.source_version,
          answer_confidence = excluded.answer_confidence, reason = excluded.reason, helpful = excluded.helpful, unanswered = excluded.unanswered,
          answered_at = excluded.answered_at, search = excluded.search
        """, "number", "text", "text", "number", "text", "number", "text", "text", "text", "real", "real", "text",
        "number", "text", "number?", "text", "text", "number", "real?", "number?", "flag?", "flag", "number?", "number?", "text");

    public RowSet Timeline { get; } = new(
        "INSERT INTO read_models.timeline (position, tenant, customer, at, kind, entity, text, json) SELECT * FROM {rows} {moved}",
        "number", "text", "text", "number", "text", "text", "text", "text");

    /// <summary>Entries from before it was known whose they are: tenant, entity, customer.</summary>
    public RowSet Owned { get; } = new(
        """
        UPDATE read_models.timeline t SET customer = r.customer FROM {rows} r (tenant, entity, customer) {moved}
        AND t.tenant = r.tenant AND t.entity = r.entity AND t.customer IS NULL
        """, "text", "text", "text");

    public RowSet Popups { get; } = new(
        """
        INSERT INTO read_models.popups AS p (tenant, id, customer, at, withheld, topic, probability, exploration, seen, opened, dismissed, ignored, helpful, unhelpful)
        SELECT * FROM {rows} {moved}
        ON CONFLICT (tenant, id) DO UPDATE SET seen = p.seen OR excluded.seen, opened = p.opened OR excluded.opened,
          dismissed = p.dismissed OR excluded.dismissed, ignored = p.ignored OR excluded.ignored, helpful = p.helpful OR excluded.helpful,
          unhelpful = p.unhelpful OR excluded.unhelpful
        """, "text", "text", "text", "number", "flag", "text", "real", "real", "flag", "flag", "flag", "flag", "flag", "flag");

    /// <summary>What was reported of popups offered before: tenant, popup and what it was.</summary>
    public RowSet Reports { get; } = new(
        """
        UPDATE read_models.popups p SET seen = true, opened = p.opened OR r.opened, dismissed = p.dismissed OR r.dismissed, ignored = p.ignored OR r.ignored,
          helpful = r.helpful, unhelpful = r.unhelpful
        FROM {rows} r (tenant, id, opened, dismissed, ignored, helpful, unhelpful) {moved} AND p.tenant = r.tenant AND p.id = r.id
        """, "text", "text", "flag", "flag", "flag", "flag", "flag");

    public RowSet Forecasts { get; } = new(
        """
        INSERT INTO read_models.forecasts (tenant, customer, at, first, second, third) SELECT * FROM {rows} {moved}
        ON CONFLICT (tenant, customer) DO UPDATE SET at = excluded.at, first = excluded.first, second = excluded.second, third = excluded.third
        """, "text", "text", "number", "text", "text", "text");

    public RowSet Orders { get; } = new(
        "INSERT INTO read_models.orders (tenant, id, customer) SELECT * FROM {rows} {moved} ON CONFLICT (tenant, id) DO NOTHING", "text", "text", "text");

    /// <summary>Rows that go with a person: tenant, customer.</summary>
    public IReadOnlyList<RowSet> ForgottenCustomers { get; } =
        [Delete("questions", "customer"), Delete("conversations", "customer"), Delete("timeline", "customer"), Delete("popups", "customer"), Delete("forecasts", "customer")];

    /// <summary>Tenant, conversation.</summary>
    public (RowSet Questions, RowSet Conversations) ForgottenConversations { get; } = (Delete("questions", "conversation"), Delete("conversations", "id"));

    /// <summary>Entries of a known customer: tenant, customer, entity.</summary>
    public RowSet ForgottenEntities { get; } = new(
        """
        DELETE FROM read_models.timeline t USING {rows} r (tenant, customer, entity) {moved} AND t.tenant = r.tenant AND t.customer = r.customer AND t.entity = r.entity
        """, "text", "text", "text");

    /// <summary>Entries of nobody known: tenant, entity.</summary>
    public RowSet ForgottenUnowned { get; } = new(
        "DELETE FROM read_models.timeline t USING {rows} r (tenant, entity) {moved} AND t.tenant = r.tenant AND t.entity = r.entity AND t.customer IS NULL", "text", "text");

    public RowSet ForgottenOrders { get; } = Delete("orders", "id");

    /// <returns>False when the position was not where this node left it: nothing was written.</returns>
    public async Task<bool> RunAsync(NpgsqlDataSource database, TablesState from, long to, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Text());
        Add(command, from.Generation);
        Add(command, from.Position);
        Add(command, to);
        foreach (var part in _parts)
        {
            if (part.Count > 0)
            {
                part.AddTo(command.Parameters);
            }
        }

        return await command.ExecuteScalarAsync(ct) is 1L;
    }

    public void Clear()
    {
        foreach (var part in _parts)
        {
            part.Clear();
        }
    }

    private static void Add(NpgsqlCommand command, long value) => command.Parameters.Add(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = value });

    private static RowSet Delete(string table, string column) => new(
        $$"""DELETE FROM read_models.{{table}} t USING {rows} r (tenant, which) {moved} AND t.tenant = r.tenant AND t.{{column}} = r.which""", "text", "text");

    /// <summary>Only with the parts that have rows; the same ones again are the same text, which the server has prepared.</summary>
    private string Text()
    {
        var which = 0;
        for (var i = 0; i < _parts.Length; i++)
        {
            which |= _parts[i].Count > 0 ? 1 << i : 0;
        }

        return _texts.TryGetValue(which, out var text) ? text : _texts[which] = Compose();
    }

    private string Compose()
    {
        var text = new StringBuilder(
            "WITH moved AS (UPDATE read_models.progress SET position = $3 WHERE one = 1 AND generation = $1 AND position = $2 RETURNING 1)");
        var parameter = 4;
        for (var i = 0; i < _parts.Length; i++)
        {
            if (_parts[i].Count > 0)
            {
                text.Append(",\npart_").Append(i).Append(" AS (").Append(_parts[i].Sql(parameter)).Append(')');
                parameter += _parts[i].Columns;
            }
        }

        return text.Replace("{moved}", "WHERE EXISTS (SELECT FROM moved)").Append("\nSELECT count(*) FROM moved").ToString();
    }
}
