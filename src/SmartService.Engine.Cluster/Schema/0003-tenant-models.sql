-- Stores' own models, named by their hashes; the journal says which one is live.
CREATE TABLE tenant_model (
    tenant text COLLATE "C" NOT NULL,
    hash text COLLATE "C" NOT NULL,
    content bytea NOT NULL,
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, hash)
);
