-- Postern's tables, version 1, for H2 2.x. Times are microseconds since 1970-01-01T00:00:00Z.

CREATE TABLE IF NOT EXISTS ${prefix}schema (
    component VARCHAR(64) NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (component, version)
);

CREATE TABLE IF NOT EXISTS ${prefix}user (
    id VARCHAR(255) NOT NULL PRIMARY KEY,
    username VARCHAR(255) NOT NULL,
    password_hash VARCHAR NOT NULL,
    stamp VARCHAR NOT NULL,
    active BOOLEAN NOT NULL,
    staff BOOLEAN NOT NULL,
    superuser BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}user_username ON ${prefix}user (username);

-- kind 0: name is the code of a permission; kind 1: name is a role.
CREATE TABLE IF NOT EXISTS ${prefix}user_grant (
    user_id VARCHAR(255) NOT NULL REFERENCES ${prefix}user ON DELETE CASCADE,
    kind SMALLINT NOT NULL,
    name VARCHAR(255) NOT NULL,
    PRIMARY KEY (user_id, kind, name)
);

CREATE TABLE IF NOT EXISTS ${prefix}token (
    digest VARBINARY(32) NOT NULL PRIMARY KEY,
    id VARCHAR(255) NOT NULL,
    user_id VARCHAR(255) NOT NULL,
    name VARCHAR NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT,
    last_used BIGINT
);
CREATE UNIQUE INDEX IF NOT EXISTS ${prefix}token_id ON ${prefix}token (user_id, id);
CREATE INDEX IF NOT EXISTS ${prefix}token_owner ON ${prefix}token (user_id, created, id);
CREATE INDEX IF NOT EXISTS ${prefix}token_expires ON ${prefix}token (expires);

CREATE TABLE IF NOT EXISTS ${prefix}session (
    digest VARBINARY(32) NOT NULL PRIMARY KEY,
    id VARCHAR(255) NOT NULL,
    user_id VARCHAR(255) NOT NULL,
    stamp VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    user_agent VARCHAR NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS ${prefix}session_owner ON ${prefix}session (user_id, created, id);
CREATE INDEX IF NOT EXISTS ${prefix}session_expires ON ${prefix}session (expires);

-- The row of a family contains its current token; refresh_token contains used tokens and other live ones.
CREATE TABLE IF NOT EXISTS ${prefix}refresh_family (
    id VARCHAR(255) NOT NULL PRIMARY KEY,
    user_id VARCHAR(255) NOT NULL,
    stamp VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    address VARCHAR NOT NULL,
    user_agent VARCHAR NOT NULL,
    created BIGINT NOT NULL,
    last_refreshed BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    revoked BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    current_id VARCHAR(255) NOT NULL,
    current_issued BIGINT NOT NULL,
    current_expires BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS ${prefix}refresh_family_owner ON ${prefix}refresh_family (user_id, created, id);
CREATE INDEX IF NOT EXISTS ${prefix}refresh_family_expires ON ${prefix}refresh_family (expires);

CREATE TABLE IF NOT EXISTS ${prefix}refresh_token (
    family_id VARCHAR(255) NOT NULL REFERENCES ${prefix}refresh_family ON DELETE CASCADE,
    id VARCHAR(255) NOT NULL,
    used_at BIGINT,
    expires BIGINT NOT NULL,
    PRIMARY KEY (family_id, id)
);
CREATE INDEX IF NOT EXISTS ${prefix}refresh_token_expires ON ${prefix}refresh_token (expires);

-- id begins with the kind of the revocation. long_id is set if the id was too long and id contains its digest.
CREATE TABLE IF NOT EXISTS ${prefix}revocation (
    id VARCHAR(300) NOT NULL PRIMARY KEY,
    long_id VARCHAR,
    feed_position BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS ${prefix}revocation_feed_position ON ${prefix}revocation (feed_position);
CREATE INDEX IF NOT EXISTS ${prefix}revocation_expires ON ${prefix}revocation (expires);

-- One row, locked while revocations are added, so that they become visible in the order of their positions.
CREATE TABLE IF NOT EXISTS ${prefix}revocation_feed (
    id INTEGER NOT NULL PRIMARY KEY,
    feed_position BIGINT NOT NULL
);
INSERT INTO ${prefix}revocation_feed (id, feed_position)
    SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM ${prefix}revocation_feed);

CREATE TABLE IF NOT EXISTS ${prefix}one_time_secret (
    digest VARBINARY(32) NOT NULL PRIMARY KEY,
    purpose VARCHAR(64) NOT NULL,
    user_id VARCHAR(255),
    binding VARCHAR NOT NULL,
    payload VARCHAR NOT NULL,
    expires BIGINT NOT NULL,
    attempts_left INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS ${prefix}one_time_secret_owner ON ${prefix}one_time_secret (user_id, purpose);
CREATE INDEX IF NOT EXISTS ${prefix}one_time_secret_expires ON ${prefix}one_time_secret (expires);

-- log contains the time of each counted request, eight bytes each.
CREATE TABLE IF NOT EXISTS ${prefix}counter (
    id VARCHAR(300) NOT NULL PRIMARY KEY,
    log VARBINARY(1000000) NOT NULL,
    version BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS ${prefix}counter_expires ON ${prefix}counter (expires);

INSERT INTO ${prefix}schema (component, version) VALUES ('postern', 1);
