-- Postern's tables, version 1, for MariaDB 10.5 and later and MySQL 8.0 and later.
-- Times are microseconds since 1970-01-01T00:00:00Z. Strings compare by code points; Postern escapes the last of
-- trailing spaces, which utf8mb4_bin would ignore.

CREATE TABLE IF NOT EXISTS ${prefix}schema (
    component VARCHAR(64) NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (component, version)
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

-- kind 0: name is the code of a permission; kind 1: name is a role.
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
    UNIQUE INDEX ${prefix}token_id (user_id, id),
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

-- The row of a family contains its current token; refresh_token contains used tokens and other live ones.
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

-- id begins with the kind of the revocation. long_id is set if the id was too long and id contains its digest.
CREATE TABLE IF NOT EXISTS ${prefix}revocation (
    id VARCHAR(300) NOT NULL PRIMARY KEY,
    long_id MEDIUMTEXT,
    feed_position BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    INDEX ${prefix}revocation_feed_position (feed_position),
    INDEX ${prefix}revocation_expires (expires)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One row, locked while revocations are added, so that they become visible in the order of their positions.
CREATE TABLE IF NOT EXISTS ${prefix}revocation_feed (
    id INTEGER NOT NULL PRIMARY KEY,
    feed_position BIGINT NOT NULL
) ENGINE = InnoDB;
INSERT IGNORE INTO ${prefix}revocation_feed (id, feed_position) VALUES (1, 0);

CREATE TABLE IF NOT EXISTS ${prefix}one_time_secret (
    digest BINARY(32) NOT NULL PRIMARY KEY,
    purpose VARCHAR(64) NOT NULL,
    user_id VARCHAR(255),
    binding MEDIUMTEXT NOT NULL,
    payload MEDIUMTEXT NOT NULL,
    expires BIGINT NOT NULL,
    attempts_left INTEGER NOT NULL,
    INDEX ${prefix}one_time_secret_owner (user_id, purpose),
    INDEX ${prefix}one_time_secret_expires (expires)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- log contains the time of each counted request, eight bytes each.
CREATE TABLE IF NOT EXISTS ${prefix}counter (
    id VARCHAR(300) NOT NULL PRIMARY KEY,
    log MEDIUMBLOB NOT NULL,
    version BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    INDEX ${prefix}counter_expires (expires)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO ${prefix}schema (component, version) VALUES ('postern', 1);
