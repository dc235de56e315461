-- The tables of a test component.
CREATE TABLE IF NOT EXISTS ${prefix}note (
    id VARCHAR(255) NOT NULL PRIMARY KEY,
    expires BIGINT NOT NULL
);

INSERT INTO ${prefix}schema (component, version) VALUES ('notes', 1);
