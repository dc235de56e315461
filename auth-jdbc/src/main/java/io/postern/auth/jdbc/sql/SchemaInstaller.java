package io.postern.auth.jdbc.sql;

import io.postern.Extension.Migrations;
import io.postern.auth.StoreException;
import io.postern.auth.internal.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Creates and upgrades the tables of Postern and of other components.
 *
 * <pre>{@code
 * stores.schema().install();                              // at start, or in a job of its own
 * stores.schema().check();                                // where another tool installs them
 * stores.schema().with(postern.migrations()).install();   // with the tables of extensions
 * }</pre>
 *
 * <p>Call it at each start of each server: it runs one query if there is nothing to do, and of several servers that start
 * at once one installs and the others wait. To use Flyway or Liquibase instead, give it the files in {@code
 * META-INF/postern/jdbc/postgresql} (or {@code mariadb}, {@code h2}) of this jar and the placeholder {@code prefix}.
 * Immutable and safe for use by several threads.
 */
public final class SchemaInstaller {

    private static final Migrations OWN = Migrations.of("postern", "META-INF/postern/jdbc");

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int TRIES = 20;
    private static final long PAUSE = Duration.ofMillis(50).toNanos();
    private static final String INSTALL = "install the tables";

    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Database database;
    private final List<Migration> migrations;
    private final Map<String, Integer> latest = new HashMap<>();
    private final String selectVersions;

    /** Creates an installer of Postern's own tables. */
    public SchemaInstaller(Database database) {
        this(database, Migration.all(OWN, database.dialect()));
    }

    SchemaInstaller(Database database, List<Migration> migrations) {
        this.database = database.withTimeout(TIMEOUT);
        this.migrations = List.copyOf(migrations);
        migrations.forEach(migration -> latest.merge(migration.component(), migration.version(), Math::max));
        this.selectVersions = database.sql("SELECT component, MAX(version) FROM ${prefix}schema GROUP BY component");
    }

    /**
     * Returns an installer that also installs the tables of other components, after the present ones.
     *
     * @throws IllegalArgumentException if two components have the same name
     * @throws IllegalStateException if a component has no files for this database
     */
    public SchemaInstaller with(Migrations... more) {
        return with(List.of(more));
    }

    /**
     * Returns an installer that also installs the tables of other components, after the present ones.
     *
     * @throws IllegalArgumentException if two components have the same name
     * @throws IllegalStateException if a component has no files for this database
     */
    public SchemaInstaller with(Collection<Migrations> more) {
        SchemaInstaller all = this;
        for (Migrations component : more) {
            all = all.and(component);
        }
        return all;
    }

    /**
     * Creates the tables, or upgrades those of an earlier release. Tables of a later release are left unchanged.
     *
     * @throws StoreException if the database fails or refuses
     */
    public void install() {
        Map<String, Integer> installed = versions();
        if (isCurrent(installed)) {
            return;
        }
        switch (database.dialect()) {
            case POSTGRESQL -> migrateInTransaction(installed);
            case MARIADB -> database.call(INSTALL, this::migrateUnderNamedLock);
            case H2 -> migrateInThisProcess();
        }
    }

    /**
     * Checks that the tables exist in the versions that this release needs.
     *
     * @throws IllegalStateException if they do not; the message says what to do
     * @throws StoreException if the database fails
     */
    public void check() {
        Map<String, Integer> installed = versions();
        latest.forEach((component, version) -> check(component, installed.getOrDefault(component, 0), version));
    }

    private void check(String component, int installed, int needed) {
        if (installed < needed) {
            throw new IllegalStateException("the tables " + database.prefix() + "* of " + component
                    + " are of version " + installed + " (0 for none), and this release needs " + needed
                    + ": call install() on this installer (JdbcStores.schema()), or run the files V*__" + component
                    + ".sql for " + database.dialect());
        }
    }

    private SchemaInstaller and(Migrations component) {
        if (latest.containsKey(component.component())) {
            throw new IllegalArgumentException("two migrations of the component " + component.component()
                    + ": give each component a name of its own");
        }
        List<Migration> all = new ArrayList<>(migrations);
        all.addAll(Migration.all(component, database.dialect()));
        return new SchemaInstaller(database, all);
    }

    private boolean isCurrent(Map<String, Integer> installed) {
        return latest.entrySet().stream()
                .allMatch(entry -> installed.getOrDefault(entry.getKey(), 0) >= entry.getValue());
    }

    private Map<String, Integer> versions() {
        try {
            return database.call("read the versions of the tables", this::versions);
        } catch (StoreException e) {
            if (e.getCause() instanceof SQLException cause && SqlErrors.isMissingTable(cause)) {
                return Map.of();
            }
            throw e;
        }
    }

    private Map<String, Integer> versions(Statements statements) throws SQLException {
        Map<String, Integer> versions = new HashMap<>();
        statements.list(selectVersions, row -> versions.put(row.getString(1), Math.toIntExact(row.getLong(2))));
        return versions;
    }

    /** A transaction above READ COMMITTED does not see what another server did while it waited for the lock. */
    private void migrateInTransaction(Map<String, Integer> before) {
        try {
            database.transaction(INSTALL, this::migrateUnderAdvisoryLock);
        } catch (StoreException | DuplicateKeyException e) {
            if (versions().equals(before)) {
                throw e;
            }
            install();
        }
    }

    /** The transaction holds the lock, and hides the tables, until it commits. */
    private boolean migrateUnderAdvisoryLock(Statements statements) throws SQLException {
        long key = ByteBuffer.wrap(Digests.sha256(lockName().getBytes(StandardCharsets.UTF_8)))
                .getLong();
        statements.first("SELECT pg_advisory_xact_lock(?)", row -> true, key);
        return migrate(statements);
    }

    /** Creating a table commits in MariaDB, so the session holds the lock. */
    private boolean migrateUnderNamedLock(Statements statements) throws SQLException {
        String schema =
                Optional.ofNullable(statements.connection().getCatalog()).orElse("");
        String name = Digests.sha256Hex(lockName() + schema).substring(0, 60);
        long locked = statements
                .first("SELECT GET_LOCK(?, ?)", row -> row.getLong(1), name, (int) TIMEOUT.toSeconds() - 5)
                .orElse(0L);
        if (locked != 1) {
            throw new StoreException("another server has been installing the tables for a minute");
        }
        try {
            return migrate(statements);
        } finally {
            statements.first("SELECT RELEASE_LOCK(?)", row -> true, name);
        }
    }

    /** Concurrent installations make each other fail, and an H2 database usually lives in one process: serialize them. */
    private void migrateInThisProcess() {
        IN_THIS_PROCESS.lock();
        try {
            migrateWithoutLock();
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /** H2 has no lock that outlasts the creation of a table, but each statement may run again. */
    private void migrateWithoutLock() {
        for (int i = 1; !isCurrent(versions()); i++) {
            try {
                database.call(INSTALL, this::migrate);
            } catch (StoreException | DuplicateKeyException e) {
                if (i == TRIES) {
                    throw e;
                }
                // H2 rebuilds a table to change it, and hides it meanwhile.
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private boolean migrate(Statements statements) throws SQLException {
        statements.update(database.sql("CREATE TABLE IF NOT EXISTS ${prefix}schema (component VARCHAR(64) NOT NULL,"
                + " version INTEGER NOT NULL, PRIMARY KEY (component, version))"));
        Map<String, Integer> installed = versions(statements);
        for (Migration migration : migrations) {
            if (migration.version() > installed.getOrDefault(migration.component(), 0)) {
                migrate(statements, migration);
            }
        }
        return true;
    }

    private void migrate(Statements statements, Migration migration) throws SQLException {
        for (String statement : migration.statements()) {
            statements.update(database.sql(statement));
        }
        if (versions(statements).getOrDefault(migration.component(), 0) < migration.version()) {
            throw new IllegalStateException("the migration V" + migration.version() + "__" + migration.component()
                    + ".sql must end with INSERT INTO ${prefix}schema (component, version) VALUES ('"
                    + migration.component() + "', " + migration.version() + ");");
        }
    }

    private String lockName() {
        return "io.postern.auth.jdbc:" + database.prefix();
    }
}
