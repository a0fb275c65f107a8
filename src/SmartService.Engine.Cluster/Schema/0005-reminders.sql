-- What Orleans' ADO.NET reminders need, as in 0002-orleans.sql: a table of ours and the statements over it. One row a cluster: the silos' look at the product's own
-- reminders, which stay where they are (table reminder).
CREATE TABLE orleans_reminder (
    service text NOT NULL,
    grain text NOT NULL,
    name text NOT NULL,
    starts timestamptz NOT NULL,
    period bigint NOT NULL,   -- Milliseconds.
    hash integer NOT NULL,    -- The grain's place in the ring of silos.
    version integer NOT NULL,
    PRIMARY KEY (service, grain, name)
);

-- When the holder of the lease last looked for due reminders (as their due times: ticks of 100 ns since the year 1, UTC), and whether it was told to let go.
ALTER TABLE lease ADD COLUMN looked bigint;
ALTER TABLE lease ADD COLUMN given_up boolean NOT NULL DEFAULT false;

INSERT INTO orleansquery (querykey, querytext) VALUES
('UpsertReminderRowKey', $q$
    INSERT INTO orleans_reminder AS r (service, grain, name, starts, period, hash, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
    ON CONFLICT (service, grain, name) DO UPDATE SET starts = excluded.starts, period = excluded.period, hash = excluded.hash, version = r.version + 1
    RETURNING version AS Version
$q$),
('ReadReminderRowsKey', $q$
    SELECT grain AS GrainId, name AS ReminderName, starts AS StartTime, period AS Period, version AS Version
    FROM orleans_reminder
    WHERE service = @ServiceId AND grain = @GrainId
$q$),
('ReadReminderRowKey', $q$
    SELECT grain AS GrainId, name AS ReminderName, starts AS StartTime, period AS Period, version AS Version
    FROM orleans_reminder
    WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName
$q$),
('ReadRangeRows1Key', $q$
    SELECT grain AS GrainId, name AS ReminderName, starts AS StartTime, period AS Period, version AS Version
    FROM orleans_reminder
    WHERE service = @ServiceId AND hash > @BeginHash AND hash <= @EndHash
$q$),
('ReadRangeRows2Key', $q$ -- The range that goes over the ring's end.
    SELECT grain AS GrainId, name AS ReminderName, starts AS StartTime, period AS Period, version AS Version
    FROM orleans_reminder
    WHERE service = @ServiceId AND (hash > @BeginHash OR hash <= @EndHash)
$q$),
('DeleteReminderRowKey', $q$
    WITH removed AS (
        DELETE FROM orleans_reminder
        WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName AND version = @Version
        RETURNING 1)
    SELECT EXISTS (SELECT FROM removed)
$q$),
('DeleteReminderRowsKey', $q$
    DELETE FROM orleans_reminder WHERE service = @ServiceId
$q$);
