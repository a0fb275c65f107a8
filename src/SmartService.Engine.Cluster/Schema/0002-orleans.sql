-- What Orleans' ADO.NET providers (clustering, grain storage) need: tables of ours, and under the names they ask for the
-- statements over them. The providers know statements by key and parameters by name, and nothing of the tables.
CREATE TABLE orleansquery (
    querykey text PRIMARY KEY,
    querytext text NOT NULL
);

CREATE TABLE cluster_version (
    cluster text PRIMARY KEY,
    version integer NOT NULL DEFAULT 0,
    changed timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE cluster_member (
    cluster text NOT NULL REFERENCES cluster_version ON DELETE CASCADE,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    name text NOT NULL,
    host text NOT NULL,
    status integer NOT NULL,
    proxy_port integer,
    suspects text,
    started timestamptz NOT NULL,
    alive timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);

-- States as of some version, to shorten replay. Keyed by the state's name and the entity; Orleans knows no type of grain here,
-- therefore every class of entity has a state name of its own.
CREATE TABLE entity_snapshot (
    service text NOT NULL,
    state text NOT NULL,
    key text NOT NULL,
    n0 bigint NOT NULL,
    n1 bigint NOT NULL,
    payload bytea,
    version integer NOT NULL,
    changed timestamptz NOT NULL,
    PRIMARY KEY (service, state, key, n0, n1)
);

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $q$
    WITH added AS (
        INSERT INTO cluster_version (cluster) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT FROM added)
$q$),
('InsertMembershipKey', $q$
    WITH counted AS (
        UPDATE cluster_version SET version = version + 1, changed = now()
        WHERE cluster = @DeploymentId AND version = @Version AND NOT EXISTS (
            SELECT FROM cluster_member m
            WHERE m.cluster = @DeploymentId AND m.address = @Address AND m.port = @Port AND m.generation = @Generation)
        RETURNING cluster),
    added AS (
        INSERT INTO cluster_member (cluster, address, port, generation, name, host, status, proxy_port, started, alive)
        SELECT cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM counted
        RETURNING 1)
    SELECT EXISTS (SELECT FROM added)
$q$),
('UpdateMembershipKey', $q$
    WITH counted AS (
        UPDATE cluster_version SET version = version + 1, changed = now()
        WHERE cluster = @DeploymentId AND version = @Version
        RETURNING cluster),
    changed AS (
        UPDATE cluster_member m SET status = @Status, suspects = @SuspectTimes, alive = @IAmAliveTime
        FROM counted
        WHERE m.cluster = counted.cluster AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
        RETURNING 1)
    SELECT EXISTS (SELECT FROM changed)
$q$),
('UpdateIAmAlivetimeKey', $q$
    UPDATE cluster_member SET alive = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$q$),
('MembershipReadRowKey', $q$
    SELECT v.version AS Version, m.address AS Address, m.port AS Port, m.generation AS Generation, m.name AS SiloName, m.host AS HostName,
        m.status AS Status, m.proxy_port AS ProxyPort, m.suspects AS SuspectTimes, m.started AS StartTime, m.alive AS IAmAliveTime
    FROM cluster_version v
    LEFT JOIN cluster_member m ON m.cluster = v.cluster AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
    WHERE v.cluster = @DeploymentId
$q$),
('MembershipReadAllKey', $q$
    SELECT v.version AS Version, m.address AS Address, m.port AS Port, m.generation AS Generation, m.name AS SiloName, m.host AS HostName,
        m.status AS Status, m.proxy_port AS ProxyPort, m.suspects AS SuspectTimes, m.started AS StartTime, m.alive AS IAmAliveTime
    FROM cluster_version v
    LEFT JOIN cluster_member m ON m.cluster = v.cluster
    WHERE v.cluster = @DeploymentId
$q$),
('GatewaysQueryKey', $q$
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
    FROM cluster_member
    WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0
$q$),
('DeleteMembershipTableEntriesKey', $q$
    DELETE FROM cluster_version WHERE cluster = @DeploymentId
$q$),
('CleanupDefunctSiloEntriesKey', $q$
    DELETE FROM cluster_member WHERE cluster = @DeploymentId AND alive < @IAmAliveTime AND status <> 3 -- 3: active
$q$),
('WriteToStorageKey', $q$
    WITH changed AS (
        UPDATE entity_snapshot SET payload = @PayloadBinary, version = version + 1, changed = now()
        WHERE service = @ServiceId AND state = @GrainTypeString AND key = coalesce(@GrainIdExtensionString, '')
            AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND version = @GrainStateVersion::integer
        RETURNING version),
    added AS (
        INSERT INTO entity_snapshot (service, state, key, n0, n1, payload, version, changed)
        SELECT @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString, ''), @GrainIdN0, @GrainIdN1, @PayloadBinary, 1, now()
        WHERE @GrainStateVersion::integer IS NULL
        ON CONFLICT DO NOTHING
        RETURNING version)
    SELECT version AS NewGrainStateVersion FROM changed UNION ALL SELECT version FROM added
$q$),
('ReadFromStorageKey', $q$
    SELECT payload AS PayloadBinary, version AS Version
    FROM entity_snapshot
    WHERE service = @ServiceId AND state = @GrainTypeString AND key = coalesce(@GrainIdExtensionString, '') AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
$q$),
('ClearStorageKey', $q$
    UPDATE entity_snapshot SET payload = NULL, version = version + 1, changed = now()
    WHERE service = @ServiceId AND state = @GrainTypeString AND key = coalesce(@GrainIdExtensionString, '')
        AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND version = @GrainStateVersion::integer
    RETURNING version AS NewGrainStateVersion
$q$),
('DeleteStorageKey', $q$
    DELETE FROM entity_snapshot
    WHERE service = @ServiceId AND state = @GrainTypeString AND key = coalesce(@GrainIdExtensionString, '')
        AND n0 = @GrainIdN0 AND n1 = @GrainIdN1 AND version = @GrainStateVersion::integer
    RETURNING version + 1 AS NewGrainStateVersion
$q$);
