-- Postern's tables, version 1, for MariaDB 10.5 and later and MySQL 8.0 and later.
-- Times are microseconds since 1970-01-01T00:00:00Z. Texts compare by code points; Postern writes the last of trailing
-- spaces, which utf8mb4_bin would ignore, as another character.

CREATE TABLE IF NOT EXISTS ${prefix}schema (
    version INTEGER NOT NULL PRIMARY KEY
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS ${prefix}user (
    id VARCHAR(255) NOT NULL PRIMARY KEY,
    username VARCHAR(255) NOT NULL,
    password_hash MEDIUMTEXT NOT NULL,
    stamp MEDIUMTEXT NOT NULL,
    active BOOLEAN NOT NULL,
    staff BOOLEAN NOT NULL,
    superuser BOOLEAN NOT NULL,
    UNIQUE INDEX ${prefix}user_username (username)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Kind 0: the code of a permission. Kind 1: a role.
CREATE TABLE IF NOT EXISTS ${prefix}user_grant (
    user_id VARCHAR(255) NOT NULL,
    kind SMALLINT NOT NULL,
    name VARCHAR(255) NOT NULL,
    PRIMARY KEY (user_id, kind, name),
    FOREIGN KEY (user_id) REFERENCES ${prefix}user (id) ON DELETE CASCADE
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${prefix}token (
    digest BINARY(32) NOT NULL PRIMARY KEY,
    id VARCHAR(255) NOT NULL,
    user_id VARCHAR(255) NOT NULL,
    name MEDIUMTEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT,
    last_used BIGINT,
    UNIQUE INDEX ${prefix}token_id (id),
    INDEX ${prefix}token_owner (user_id, created, id),
    INDEX ${prefix}token_expires (expires)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${prefix}session (
    digest BINARY(32) NOT NULL PRIMARY KEY,
    id VARCHAR(255) NOT NULL,
    user_id VARCHAR(255) NOT NULL,
    stamp MEDIUMTEXT NOT NULL,
    label MEDIUMTEXT NOT NULL,
    address MEDIUMTEXT NOT NULL,
    user_agent MEDIUMTEXT NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    INDEX ${prefix}session_owner (user_id, created, id),
    INDEX ${prefix}session_expires (expires)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The current token of a family stands in its row; refresh_token holds those used and others that still live.
CREATE TABLE IF NOT EXISTS ${prefix}refresh_family (
    id VARCHAR(255) NOT NULL PRIMARY KEY,
    user_id VARCHAR(255) NOT NULL,
    stamp MEDIUMTEXT NOT NULL,
    label MEDIUMTEXT NOT NULL,
    address MEDIUMTEXT NOT NULL,
    user_agent MEDIUMTEXT NOT NULL,
    created BIGINT NOT NULL,
    last_refreshed BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    revoked BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    current_id VARCHAR(255) NOT NULL,
    current_issued BIGINT NOT NULL,
    current_expires BIGINT NOT NULL,
    INDEX ${prefix}refresh_family_owner (user_id, created, id),
    INDEX ${prefix}refresh_family_expires (expires)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${prefix}refresh_token (
    family_id VARCHAR(255) NOT NULL,
    id VARCHAR(255) NOT NULL,
    used_at BIGINT,
    expires BIGINT NOT NULL,
    PRIMARY KEY (family_id, id),
    INDEX ${prefix}refresh_token_expires (expires),
    FOREIGN KEY (family_id) REFERENCES ${prefix}refresh_family (id) ON DELETE CASCADE
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The id begins with the kind of the revocation. long_id is there if that was too long and is a digest.
CREATE TABLE IF NOT EXISTS ${prefix}revocation (
    id VARCHAR(300) NOT NULL PRIMARY KEY,
    long_id MEDIUMTEXT,
    place BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    INDEX ${prefix}revocation_place (place),
    INDEX ${prefix}revocation_expires (expires)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One row, locked by whoever adds revocations, so that they become visible in the order of their places.
CREATE TABLE IF NOT EXISTS ${prefix}revocation_feed (
    id INTEGER NOT NULL PRIMARY KEY,
    place BIGINT NOT NULL
) ENGINE = InnoDB;
INSERT IGNORE INTO ${prefix}revocation_feed (id, place) VALUES (1, 0);

-- The log holds eight bytes for each request on record.
CREATE TABLE IF NOT EXISTS ${prefix}counter (
    id VARCHAR(300) NOT NULL PRIMARY KEY,
    log MEDIUMBLOB NOT NULL,
    version BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    INDEX ${prefix}counter_expires (expires)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO ${prefix}schema (version) VALUES (1);
