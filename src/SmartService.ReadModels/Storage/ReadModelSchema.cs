namespace SmartService.ReadModels.Storage;

/// <summary>Tables of the read models. They hold nothing the journal does not have: whoever changes them raises the version, and the next start rebuilds them.</summary>
/// <remarks>
/// Times are UTC ticks. <c>questions_fts</c> indexes every run of three characters, which finds words of any script within
/// text that has no spaces; it keeps no text of its own and no lengths (nothing is ranked), but forgets at once (secure-delete) when a person is forgotten.
/// <c>questions_newest</c> holds what the log is filtered by and what figures count, as <c>conversations_opened</c> does: a filter that few rows pass
/// is judged in the index, without a look at each row's own page. It is in the order of the journal, which is nearly that of time: <c>hours</c>
/// knows between which positions the questions of an hour lie. Every index costs each message what a query saves now and then,
/// so a filter has none of its own where reading that one through is fast enough, and the questions of a customer are found by way of the
/// customer's conversations. Nor does the timeline hold what was said in these: <see cref="Projections.SaidInConversations"/>.
/// </remarks>
internal static class ReadModelSchema
{
    public const int Version = 8;

    public const string Create =
        """
        CREATE TABLE progress (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL) STRICT;
        INSERT INTO progress (one, position) VALUES (1, 0);

        CREATE TABLE tenants (id TEXT PRIMARY KEY, name TEXT NOT NULL, locale TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE customers (
          tenant TEXT NOT NULL, id TEXT NOT NULL, name TEXT, tier INTEGER NOT NULL, locale TEXT, identified INTEGER NOT NULL,
          first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, orders INTEGER NOT NULL, conversations INTEGER NOT NULL, erased INTEGER NOT NULL,
          PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID;
        CREATE INDEX customers_seen ON customers (tenant, last_seen DESC, id);

        CREATE TABLE orders (tenant TEXT NOT NULL, id TEXT NOT NULL, customer TEXT NOT NULL, PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID;

        CREATE TABLE conversations (
          tenant TEXT NOT NULL, id TEXT NOT NULL, customer TEXT NOT NULL, locale TEXT NOT NULL, mode INTEGER NOT NULL, agent TEXT,
          open INTEGER NOT NULL, handed_off INTEGER NOT NULL, messages INTEGER NOT NULL, last_text TEXT, opened_at INTEGER NOT NULL,
          last_at INTEGER NOT NULL, score INTEGER, assignee TEXT, handed_off_at INTEGER, person_at INTEGER,
          PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID;
        CREATE INDEX conversations_last ON conversations (tenant, last_at DESC, id);
        CREATE INDEX conversations_customer ON conversations (tenant, customer, last_at DESC, id);
        CREATE INDEX conversations_opened ON conversations (tenant, opened_at, handed_off, score);
        CREATE INDEX conversations_handed_off ON conversations (tenant, handed_off_at) WHERE handed_off_at IS NOT NULL;

        CREATE TABLE questions (
          position INTEGER PRIMARY KEY, tenant TEXT NOT NULL, conversation TEXT NOT NULL, number INTEGER NOT NULL, customer TEXT NOT NULL,
          at INTEGER NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL, intent TEXT NOT NULL, confidence REAL NOT NULL,
          out_of_scope REAL NOT NULL, model TEXT NOT NULL, outcome INTEGER NOT NULL, answer TEXT, answer_number INTEGER, source_kind TEXT,
          source_id TEXT, source_version INTEGER NOT NULL, answer_confidence REAL, reason INTEGER, helpful INTEGER, unanswered INTEGER NOT NULL,
          answered_at INTEGER, foreseen INTEGER) STRICT;
        CREATE UNIQUE INDEX questions_number ON questions (tenant, conversation, number);
        CREATE INDEX questions_newest ON questions (tenant, position, at, language, intent, confidence, outcome, unanswered, reason, foreseen, source_kind, source_id, answered_at);
        CREATE INDEX questions_unanswered ON questions (tenant, position) WHERE unanswered = 1;
        CREATE VIRTUAL TABLE questions_fts USING fts5 (text, answer, content='questions', content_rowid='position', tokenize='trigram', columnsize=0);
        INSERT INTO questions_fts (questions_fts, rank) VALUES ('secure-delete', 1);

        CREATE TABLE hours (hour INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;

        CREATE TABLE timeline (
          position INTEGER PRIMARY KEY, tenant TEXT NOT NULL, customer TEXT, at INTEGER NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL,
          text TEXT NOT NULL, json TEXT NOT NULL) STRICT;
        CREATE INDEX timeline_customer ON timeline (tenant, customer, position);
        CREATE INDEX timeline_forecasts ON timeline (tenant, at) WHERE kind = 'customer-forecast-made';
        CREATE INDEX timeline_visits ON timeline (tenant, position) WHERE kind = 'customer-visited';
        CREATE INDEX timeline_unowned ON timeline (tenant, entity) WHERE customer IS NULL;

        CREATE TABLE popups (
          tenant TEXT NOT NULL, id TEXT NOT NULL, customer TEXT NOT NULL, at INTEGER NOT NULL, withheld INTEGER NOT NULL, topic TEXT NOT NULL,
          probability REAL NOT NULL, exploration REAL NOT NULL, seen INTEGER NOT NULL, opened INTEGER NOT NULL, dismissed INTEGER NOT NULL,
          ignored INTEGER NOT NULL, helpful INTEGER NOT NULL, unhelpful INTEGER NOT NULL, PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID;
        CREATE INDEX popups_at ON popups (tenant, at);
        CREATE INDEX popups_customer ON popups (tenant, customer, at);

        CREATE TABLE forecasts (
          tenant TEXT NOT NULL, customer TEXT NOT NULL, at INTEGER NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL, third TEXT NOT NULL,
          PRIMARY KEY (tenant, customer)) STRICT, WITHOUT ROWID;
        """;

    public const string Drop =
        """
        DROP TABLE IF EXISTS progress; DROP TABLE IF EXISTS tenants; DROP TABLE IF EXISTS customers; DROP TABLE IF EXISTS orders;
        DROP TABLE IF EXISTS conversations; DROP TABLE IF EXISTS questions_fts; DROP TABLE IF EXISTS questions;
        DROP TABLE IF EXISTS timeline; DROP TABLE IF EXISTS popups;
        DROP TABLE IF EXISTS forecasts; DROP TABLE IF EXISTS hours;
        """;
}
