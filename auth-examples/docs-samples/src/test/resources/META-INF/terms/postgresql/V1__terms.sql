CREATE TABLE IF NOT EXISTS ${prefix}terms (
    user_id VARCHAR(255) NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    accepted BIGINT NOT NULL
);

INSERT INTO ${prefix}schema (component, version) VALUES ('terms', 1);
