-- Postern's tables, version 1, for PostgreSQL 12 and later in a database whose encoding is UTF8.
-- Times are microseconds since 1970-01-01T00:00:00Z. Ids compare by bytes, whatever the database's collation is.

CREATE TABLE IF NOT EXISTS ${prefix}schema (
    component VARCHAR(64) NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (component, version)
);

CREATE TABLE ${prefix}user (
    id VARCHAR(255) COLLATE "C" NOT NULL PRIMARY KEY,
    username VARCHAR(255) COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    stamp TEXT COLLATE "C" NOT NULL,
    active BOOLEAN NOT NULL,
    staff BOOLEAN NOT NULL,
    superuser BOOLEAN NOT NULL,
    CONSTRAINT ${prefix}user_username UNIQUE (username)
);

-- kind 0: name is the code of a permission; kind 1: name is a role.
CREATE TABLE ${prefix}user_grant (
    user_id VARCHAR(255) COLLATE "C" NOT NULL REFERENCES ${prefix}user ON DELETE CASCADE,
    kind SMALLINT NOT NULL,
    name VARCHAR(255) COLLATE "C" NOT NULL,
    PRIMARY KEY (user_id, kind, name)
);

CREATE TABLE ${prefix}token (
    digest BYTEA NOT NULL PRIMARY KEY,
    id VARCHAR(255) COLLATE "C" NOT NULL,
    user_id VARCHAR(255) COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT,
    last_used BIGINT,
    CONSTRAINT ${prefix}token_id UNIQUE (user_id, id)
);
CREATE INDEX ${prefix}token_owner ON ${prefix}token (user_id, created, id);
CREATE INDEX ${prefix}token_expires ON ${prefix}token (expires) WHERE expires IS NOT NULL;

CREATE TABLE ${prefix}session (
    digest BYTEA NOT NULL PRIMARY KEY,
    id VARCHAR(255) COLLATE "C" NOT NULL,
    user_id VARCHAR(255) COLLATE "C" NOT NULL,
    stamp TEXT NOT NULL,
    label TEXT NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX ${prefix}session_owner ON ${prefix}session (user_id, created, id);
CREATE INDEX ${prefix}session_expires ON ${prefix}session (expires);

-- The row of a family contains its current token; refresh_token contains used tokens and other live ones.
CREATE TABLE ${prefix}refresh_family (
    id VARCHAR(255) COLLATE "C" NOT NULL PRIMARY KEY,
    user_id VARCHAR(255) COLLATE "C" NOT NULL,
    stamp TEXT NOT NULL,
    label TEXT NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created BIGINT NOT NULL,
    last_refreshed BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    revoked BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    current_id VARCHAR(255) COLLATE "C" NOT NULL,
    current_issued BIGINT NOT NULL,
    current_expires BIGINT NOT NULL
);
CREATE INDEX ${prefix}refresh_family_owner ON ${prefix}refresh_family (user_id, created, id);
CREATE INDEX ${prefix}refresh_family_expires ON ${prefix}refresh_family (expires);

CREATE TABLE ${prefix}refresh_token (
    family_id VARCHAR(255) COLLATE "C" NOT NULL REFERENCES ${prefix}refresh_family ON DELETE CASCADE,
    id VARCHAR(255) COLLATE "C" NOT NULL,
    used_at BIGINT,
    expires BIGINT NOT NULL,
    PRIMARY KEY (family_id, id)
);
CREATE INDEX ${prefix}refresh_token_expires ON ${prefix}refresh_token (expires);

-- id begins with the kind of the revocation. long_id is set if the id was too long and id contains its digest.
CREATE TABLE ${prefix}revocation (
    id VARCHAR(300) COLLATE "C" NOT NULL PRIMARY KEY,
    long_id TEXT,
    feed_position BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX ${prefix}revocation_feed_position ON ${prefix}revocation (feed_position);
CREATE INDEX ${prefix}revocation_expires ON ${prefix}revocation (expires);

-- One row, locked while revocations are added, so that they become visible in the order of their positions.
CREATE TABLE ${prefix}revocation_feed (
    id INTEGER NOT NULL PRIMARY KEY,
    feed_position BIGINT NOT NULL
);
INSERT INTO ${prefix}revocation_feed (id, feed_position) VALUES (1, 0);

CREATE TABLE ${prefix}one_time_secret (
    digest BYTEA NOT NULL PRIMARY KEY,
    purpose VARCHAR(64) COLLATE "C" NOT NULL,
    user_id VARCHAR(255) COLLATE "C",
    binding TEXT COLLATE "C" NOT NULL,
    payload TEXT COLLATE "C" NOT NULL,
    expires BIGINT NOT NULL,
    attempts_left INTEGER NOT NULL
);
CREATE INDEX ${prefix}one_time_secret_owner ON ${prefix}one_time_secret (user_id, purpose);
CREATE INDEX ${prefix}one_time_secret_expires ON ${prefix}one_time_secret (expires);

-- log contains the time of each counted request, eight bytes each.
CREATE TABLE ${prefix}counter (
    id VARCHAR(300) COLLATE "C" NOT NULL PRIMARY KEY,
    log BYTEA NOT NULL,
    version BIGINT NOT NULL,
    expires BIGINT NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX ${prefix}counter_expires ON ${prefix}counter (expires);

INSERT INTO ${prefix}schema (component, version) VALUES ('postern', 1);
