package io.postern.auth.jdbc;

import io.postern.auth.StoreException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Creates the tables and brings them up to date.
 *
 * <pre>{@code
 * stores.schema().install();   // at start, or in a job of its own
 * stores.schema().check();     // where something else installs
 * }</pre>
 *
 * <p>Call it at each start of each server: it reads one row when there is nothing to do, and of several that start at once
 * one works and the others wait. To use Flyway or Liquibase instead, give it the files in
 * {@code META-INF/postern/jdbc/postgresql} (or {@code mariadb}, {@code h2}) of this jar and the placeholder
 * {@code prefix}. Safe for use by several threads.
 */
public final class SchemaInstaller {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int TRIES = 20;
    private static final long PAUSE = Duration.ofMillis(50).toNanos();
    private static final String INSTALL = "install the tables";

    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Database database;
    private final List<Migration> migrations;
    private final String selectVersion;

    SchemaInstaller(Database database) {
        this(database, Migration.all(database.dialect()));
    }

    SchemaInstaller(Database database, List<Migration> migrations) {
        this.database = database.within(PATIENCE);
        this.migrations = List.copyOf(migrations);
        this.selectVersion = database.sql("SELECT COALESCE(MAX(version), 0) FROM ${prefix}schema");
    }

    /**
     * Creates the tables, or changes those of an earlier release. Tables of a later release are left as they are.
     *
     * @throws StoreException if the database cannot answer or refuses
     */
    public void install() {
        int version = version();
        if (version >= latest()) {
            return;
        }
        switch (database.dialect()) {
            case POSTGRESQL -> migrateInTransaction(version);
            case MARIADB -> database.call(INSTALL, this::migrateUnderNamedLock);
            case H2 -> migrateInThisProcess();
        }
    }

    /**
     * Makes sure that the tables are there, as this release needs them.
     *
     * @throws IllegalStateException if they are not; the message says what to do
     * @throws StoreException if the database cannot answer
     */
    public void check() {
        int version = version();
        if (version < latest()) {
            throw new IllegalStateException("the tables " + database.prefix() + "* are of version " + version
                    + " (0 for none), and this release needs " + latest()
                    + ": call JdbcStores.schema().install(), or run the files in META-INF/postern/jdbc/"
                    + database.dialect().folder());
        }
    }

    private int latest() {
        return migrations.get(migrations.size() - 1).version();
    }

    private int version() {
        try {
            return database.call("tell the version of the tables", this::version);
        } catch (StoreException e) {
            if (e.getCause() instanceof SQLException cause && SqlErrors.isNoTable(cause)) {
                return 0;
            }
            throw e;
        }
    }

    private int version(Statements statements) throws SQLException {
        return statements
                .first(selectVersion, row -> Math.toIntExact(row.number(1)))
                .orElse(0);
    }

    /** A transaction above READ COMMITTED does not see what another server did while it waited for the lock. */
    private void migrateInTransaction(int before) {
        try {
            database.transaction(INSTALL, this::migrateUnderAdvisoryLock);
        } catch (StoreException | DuplicateKey e) {
            if (version() <= before) {
                throw e;
            }
            install();
        }
    }

    /** The lock and the tables are this transaction's until it commits. */
    private int migrateUnderAdvisoryLock(Statements statements) throws SQLException {
        long key = ByteBuffer.wrap(Texts.sha256(lockName())).getLong();
        statements.first("SELECT pg_advisory_xact_lock(?)", row -> true, key);
        return migrate(statements);
    }

    /** Creating a table commits here, so the lock is the session's. */
    private int migrateUnderNamedLock(Statements statements) throws SQLException {
        String schema =
                Optional.ofNullable(statements.connection().getCatalog()).orElse("");
        String name =
                HexFormat.of().formatHex(Texts.sha256(lockName() + schema)).substring(0, 60);
        long got = statements
                .first("SELECT GET_LOCK(?, ?)", row -> row.number(1), name, (int) PATIENCE.toSeconds() - 5)
                .orElse(0L);
        if (got != 1) {
            throw new StoreException("another server has been installing the tables for a minute");
        }
        try {
            return migrate(statements);
        } finally {
            statements.first("SELECT RELEASE_LOCK(?)", row -> true, name);
        }
    }

    /** Installations at the same time make each other fail, and an H2 lives in one process as a rule: they take turns. */
    private void migrateInThisProcess() {
        IN_THIS_PROCESS.lock();
        try {
            migrateWithoutLock();
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /** H2 has no lock that outlasts the creation of a table, but each statement may be run again. */
    private void migrateWithoutLock() {
        for (int i = 1; version() < latest(); i++) {
            try {
                database.call(INSTALL, this::migrate);
            } catch (StoreException | DuplicateKey e) {
                if (i == TRIES) {
                    throw e;
                }
                // H2 rebuilds a table to change it, and nobody sees it meanwhile.
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private int migrate(Statements statements) throws SQLException {
        statements.update(
                database.sql("CREATE TABLE IF NOT EXISTS ${prefix}schema (version INTEGER NOT NULL PRIMARY KEY)"));
        int version = version(statements);
        for (Migration migration : migrations) {
            if (migration.version() > version) {
                for (String statement : migration.statements()) {
                    statements.update(database.sql(statement));
                }
            }
        }
        return version;
    }

    private String lockName() {
        return "io.postern.auth.jdbc:" + database.prefix();
    }
}
