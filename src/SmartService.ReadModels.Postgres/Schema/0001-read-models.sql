-- What lists, figures and search read: nothing that the journal does not have. Times are ticks of 100 ns since the year 1, UTC.
-- All text compares by code point (COLLATE "C"), so that lists are in the same order in every database.

CREATE TABLE read_models.progress (
    one smallint PRIMARY KEY CHECK (one = 1),
    generation bigint NOT NULL, -- Counts how often the tables were emptied.
    position bigint NOT NULL    -- The last event of the journal that is in the tables; moves in the transaction that writes them.
) WITH (fillfactor = 10);
INSERT INTO read_models.progress (one, generation, position) VALUES (1, 1, 0);

CREATE TABLE read_models.tenants (
    id text COLLATE "C" PRIMARY KEY, name text COLLATE "C" NOT NULL, locale text COLLATE "C" NOT NULL, created_at bigint NOT NULL);

CREATE TABLE read_models.customers (
    tenant text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, name text COLLATE "C", tier integer NOT NULL, locale text COLLATE "C",
    identified boolean NOT NULL, first_seen bigint NOT NULL, last_seen bigint NOT NULL, orders integer NOT NULL, conversations integer NOT NULL,
    erased boolean NOT NULL, PRIMARY KEY (tenant, id));
CREATE INDEX customers_seen ON read_models.customers (tenant, last_seen DESC, id);

CREATE TABLE read_models.orders (
    tenant text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, customer text COLLATE "C" NOT NULL, PRIMARY KEY (tenant, id));

CREATE TABLE read_models.conversations (
    tenant text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, customer text COLLATE "C" NOT NULL, locale text COLLATE "C" NOT NULL,
    mode integer NOT NULL, agent text COLLATE "C", open boolean NOT NULL, handed_off boolean NOT NULL, messages integer NOT NULL,
    last_text text COLLATE "C", opened_at bigint NOT NULL, last_at bigint NOT NULL, score integer, assignee text COLLATE "C",
    handed_off_at bigint, person_at bigint, PRIMARY KEY (tenant, id));
CREATE INDEX conversations_last ON read_models.conversations (tenant, last_at DESC, id);
CREATE INDEX conversations_customer ON read_models.conversations (tenant, customer, last_at DESC, id);
CREATE INDEX conversations_opened ON read_models.conversations (tenant, opened_at);
CREATE INDEX conversations_handed_off ON read_models.conversations (tenant, handed_off_at) WHERE handed_off_at IS NOT NULL;

CREATE TABLE read_models.questions (
    position bigint PRIMARY KEY, tenant text COLLATE "C" NOT NULL, conversation text COLLATE "C" NOT NULL, number integer NOT NULL,
    customer text COLLATE "C" NOT NULL, at bigint NOT NULL, text text COLLATE "C" NOT NULL, language text COLLATE "C" NOT NULL,
    intent text COLLATE "C" NOT NULL, confidence double precision NOT NULL, out_of_scope double precision NOT NULL, model text COLLATE "C" NOT NULL,
    outcome integer NOT NULL, answer text COLLATE "C", answer_number integer, source_kind text COLLATE "C", source_id text COLLATE "C",
    source_version bigint NOT NULL, answer_confidence double precision, reason integer, helpful boolean, unanswered boolean NOT NULL,
    answered_at bigint, foreseen integer,
    search text COLLATE "C" NOT NULL -- Question and answer in small letters, a line each: made by the program, so that no locale changes what is found.
);
CREATE UNIQUE INDEX questions_number ON read_models.questions (tenant, conversation, number);
CREATE INDEX questions_newest ON read_models.questions (tenant, position);
CREATE INDEX questions_at ON read_models.questions (tenant, at);
CREATE INDEX questions_intent ON read_models.questions (tenant, intent, position);
CREATE INDEX questions_customer ON read_models.questions (tenant, customer, position);
CREATE INDEX questions_unanswered ON read_models.questions (tenant, position) WHERE unanswered;
CREATE INDEX questions_source ON read_models.questions (tenant, source_id, position) WHERE source_id IS NOT NULL;

-- Every run of three letters, of any script. Its extension comes with PostgreSQL; who owns the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE INDEX questions_search ON read_models.questions USING gin (search public.gin_trgm_ops);

CREATE TABLE read_models.timeline (
    position bigint PRIMARY KEY, tenant text COLLATE "C" NOT NULL, customer text COLLATE "C", at bigint NOT NULL, kind text COLLATE "C" NOT NULL,
    entity text COLLATE "C" NOT NULL, text text COLLATE "C" NOT NULL, json text COLLATE "C" NOT NULL);
CREATE INDEX timeline_customer ON read_models.timeline (tenant, customer, position);
CREATE INDEX timeline_forecasts ON read_models.timeline (tenant, at) WHERE kind = 'customer-forecast-made';
CREATE INDEX timeline_unowned ON read_models.timeline (tenant, entity) WHERE customer IS NULL;

CREATE TABLE read_models.popups (
    tenant text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, customer text COLLATE "C" NOT NULL, at bigint NOT NULL, withheld boolean NOT NULL,
    topic text COLLATE "C" NOT NULL, probability double precision NOT NULL, exploration double precision NOT NULL, seen boolean NOT NULL,
    opened boolean NOT NULL, dismissed boolean NOT NULL, ignored boolean NOT NULL, helpful boolean NOT NULL, unhelpful boolean NOT NULL,
    PRIMARY KEY (tenant, id));
CREATE INDEX popups_at ON read_models.popups (tenant, at);
CREATE INDEX popups_customer ON read_models.popups (tenant, customer, at);

CREATE TABLE read_models.forecasts (
    tenant text COLLATE "C" NOT NULL, customer text COLLATE "C" NOT NULL, at bigint NOT NULL, first text COLLATE "C" NOT NULL,
    second text COLLATE "C" NOT NULL, third text COLLATE "C" NOT NULL, PRIMARY KEY (tenant, customer));
