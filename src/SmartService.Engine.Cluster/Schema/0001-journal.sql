-- The journal. One row per event; a position is a row's place in the whole, without gaps and in the order of commits.

-- The last position given. Every append locks this row until it has committed: see docs/adr/0004.
CREATE TABLE journal_head (
    id smallint PRIMARY KEY CHECK (id = 1),
    position bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO journal_head (id, position) VALUES (1, 0);

CREATE TABLE journal (
    position bigint PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL,
    region text COLLATE "C" NOT NULL,
    entity text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,  -- Empty: overwritten, because its person was forgotten.
    feed text COLLATE "C",           -- The customer whose feed shows it.
    at timestamptz NOT NULL,
    body bytea NOT NULL,
    UNIQUE (tenant, region, entity, version) -- A second activation of an entity can never write.
);
CREATE INDEX journal_feed ON journal (tenant, feed, position) WHERE feed IS NOT NULL;

-- The last batch of every writer and what became of it, so that one sent again is answered and not written again.
CREATE TABLE journal_writer (
    writer uuid PRIMARY KEY,
    batch bigint NOT NULL,
    before bigint NOT NULL,   -- Position before its first event.
    refused integer[] NOT NULL,
    at timestamptz NOT NULL
) WITH (fillfactor = 10);

-- Writes the events of one batch, in order. Streams whose versions do not follow on what is stored are refused as a whole,
-- by the places (from 1) of their events in the batch; all others are written.
CREATE FUNCTION journal_append(
    p_writer uuid, p_batch bigint, p_tenants text[], p_regions text[], p_entities text[], p_versions bigint[], p_kinds text[],
    p_feeds text[], p_ats timestamptz[], p_bodies bytea[], OUT before bigint, OUT refused integer[])
LANGUAGE plpgsql AS $$
DECLARE
    written bigint;
BEGIN
    -- First, so that every statement below sees all that was committed before it.
    SELECT h.position INTO before FROM journal_head h WHERE h.id = 1 FOR UPDATE;

    DECLARE
        known journal_writer;
    BEGIN
        SELECT * INTO known FROM journal_writer w WHERE w.writer = p_writer AND w.batch = p_batch;
        IF FOUND THEN
            before := known.before;
            refused := known.refused;
            RETURN;
        END IF;
    END;

    WITH streams AS (
        SELECT e.tenant, e.region, e.entity, min(e.version) AS first, max(e.version) AS last, count(*) AS events
        FROM unnest(p_tenants, p_regions, p_entities, p_versions) AS e(tenant, region, entity, version)
        GROUP BY e.tenant, e.region, e.entity),
    broken AS (
        SELECT s.tenant, s.region, s.entity FROM streams s
        WHERE s.last - s.first + 1 <> s.events OR s.first <> 1 + coalesce((
            SELECT j.version FROM journal j
            WHERE j.tenant = s.tenant AND j.region = s.region AND j.entity = s.entity
            ORDER BY j.version DESC LIMIT 1), 0))
    SELECT coalesce(array_agg(e.place::integer ORDER BY e.place), '{}') INTO refused
    FROM unnest(p_tenants, p_regions, p_entities) WITH ORDINALITY AS e(tenant, region, entity, place)
    JOIN broken b ON b.tenant = e.tenant AND b.region = e.region AND b.entity = e.entity;

    INSERT INTO journal (position, tenant, region, entity, version, kind, feed, at, body)
    SELECT journal_append.before + row_number() OVER (ORDER BY e.place), e.tenant, e.region, e.entity, e.version, e.kind, e.feed, e.at, e.body
    FROM unnest(p_tenants, p_regions, p_entities, p_versions, p_kinds, p_feeds, p_ats, p_bodies)
        WITH ORDINALITY AS e(tenant, region, entity, version, kind, feed, at, body, place)
    WHERE NOT e.place = ANY (refused)
    ORDER BY e.place;
    GET DIAGNOSTICS written = ROW_COUNT;

    UPDATE journal_head SET position = journal_append.before + written WHERE id = 1 AND written > 0;
    INSERT INTO journal_writer (writer, batch, before, refused, at)
    VALUES (p_writer, p_batch, journal_append.before, journal_append.refused, now())
    ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch, before = excluded.before, refused = excluded.refused, at = excluded.at;
END $$;

CREATE TABLE checkpoint (
    follower text PRIMARY KEY,
    position bigint NOT NULL
) WITH (fillfactor = 50);

-- Tells the node that runs reminders that something was set elsewhere.
CREATE SEQUENCE reminder_changes;
CREATE TABLE reminder (
    kind text NOT NULL,
    name text NOT NULL,
    due bigint NOT NULL,  -- Ticks of 100 ns since the year 1, UTC.
    payload bytea NOT NULL,
    PRIMARY KEY (kind, name)
);
CREATE INDEX reminder_due ON reminder (due);

-- Who does what must run once.
CREATE TABLE lease (
    name text PRIMARY KEY,
    holder text NOT NULL,
    until timestamptz NOT NULL
);
