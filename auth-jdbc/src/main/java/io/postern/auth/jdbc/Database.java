package io.postern.auth.jdbc;

import io.postern.auth.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * The database of an application: lends connections for single statements and for transactions.
 *
 * <p>What the stores do is right at every isolation level: a statement changes a row only if it is still as it was seen,
 * or the row was locked before it was read. Races that the database decides by an error are run again.
 */
final class Database {

    /** What is done on one connection. */
    interface Work<T> {

        T on(Statements statements) throws SQLException;
    }

    /** One try to change what others may be changing; empty if somebody came between. */
    interface Attempt<T> {

        Optional<T> run(boolean locked);
    }

    private static final int TRIES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 10;

    private final DataSource source;
    private final Dialect dialect;
    private final String prefix;
    private final Duration timeout;

    Database(DataSource source, Dialect dialect, String prefix, Duration timeout) {
        this.source = source;
        this.dialect = dialect;
        this.prefix = prefix;
        this.timeout = timeout;
    }

    Dialect dialect() {
        return dialect;
    }

    String prefix() {
        return prefix;
    }

    /** Returns the same database with another time limit. */
    Database within(Duration limit) {
        return new Database(source, dialect, prefix, limit);
    }

    /** Returns the same database for work that no request waits for, so that a busy moment does not end it. */
    Database patient() {
        return within(timeout.compareTo(PATIENCE) > 0 ? timeout : PATIENCE);
    }

    /** Returns a statement with the names of this application's tables. */
    String sql(String template) {
        return template.replace("${prefix}", prefix);
    }

    /** Carries out statements, each a transaction of its own if the pool says so. */
    <T> T call(String what, Work<T> work) {
        return run(what, work, false);
    }

    /** Carries out all statements or none. */
    <T> T transaction(String what, Work<T> work) {
        return run(what, work, true);
    }

    /** Tries without a lock first, then with one, until nobody comes between. */
    <T> T settle(String what, Attempt<T> attempt) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<T> settled = tried(attempt, i > 0);
            if (settled.isPresent()) {
                return settled.get();
            }
        }
        throw new StoreException("too many at once tried to " + what);
    }

    /** Whoever loses the race for a new row looks again and finds the winner's. */
    private static <T> Optional<T> tried(Attempt<T> attempt, boolean locked) {
        try {
            return attempt.run(locked);
        } catch (DuplicateKey e) {
            return Optional.empty();
        }
    }

    private <T> T run(String what, Work<T> work, boolean together) {
        long start = System.nanoTime();
        for (int i = 1; ; i++) {
            try {
                return once(work, together);
            } catch (SQLException e) {
                boolean late = System.nanoTime() - start > timeout.toNanos();
                if (i == TRIES || late || !SqlErrors.isLostRace(e)) {
                    throw failure(what, e);
                }
                pause(i);
            }
        }
    }

    /** Lets those who raced each other come again one after the other: after up to a millisecond, two, three… */
    private static void pause(int tries) {
        LockSupport.parkNanos((System.nanoTime() & 0xF_FFFF) * tries);
    }

    private <T> T once(Work<T> work, boolean together) throws SQLException {
        try (Borrowed borrowed = Borrowed.from(source, dialect, timeout, together)) {
            T result = work.on(new Statements(borrowed.connection(), dialect.cancelAfter(timeout)));
            borrowed.commit();
            return result;
        }
    }

    private static RuntimeException failure(String what, SQLException error) {
        if (SqlErrors.isDuplicate(error)) {
            return new DuplicateKey(error);
        }
        if (SqlErrors.isReadOnly(error)) {
            return new StoreException(
                    "the database could not " + what + " because it or the connection is read-only: "
                            + "give the stores a DataSource that may write",
                    error);
        }
        if (SqlErrors.isNoTable(error)) {
            return new StoreException(
                    "the database could not " + what + " because a table is missing: "
                            + "call JdbcStores.schema().install(), or check the table prefix",
                    error);
        }
        return new StoreException("the database could not " + what + " (SQLSTATE " + error.getSQLState() + ")", error);
    }
}
