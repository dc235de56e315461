-- A second run of the first statement would fail.
ALTER TABLE ${prefix}note ADD COLUMN content VARBINARY;
ALTER TABLE ${prefix}note ADD COLUMN price NUMERIC(10, 2);
ALTER TABLE ${prefix}note ADD COLUMN written TIMESTAMP;
ALTER TABLE ${prefix}note ADD COLUMN views BIGINT;
ALTER TABLE ${prefix}note ADD COLUMN shared BOOLEAN;
ALTER TABLE ${prefix}note ADD COLUMN title VARCHAR(255);

INSERT INTO ${prefix}schema (component, version) VALUES ('notes', 2);
