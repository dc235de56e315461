package io.postern.auth.jdbc.sql;

import io.postern.auth.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Runs the statements of stores on connections of a {@link DataSource}: each under a time limit, repeated when the database
 * reports a lost race, and with every failure as a {@link StoreException}.
 *
 * <pre>{@code
 * Database database = stores.database();
 * String find = database.sql("SELECT secret FROM ${prefix}totp WHERE user_id = ?");
 * Optional<byte[]> secret = database.call(
 *         "find a TOTP secret", statements -> statements.first(find, row -> row.getBytes(1), userId));
 * }</pre>
 *
 * <p>Write stores so that they are correct at every isolation level: let a statement change a row only if it is still as it
 * was read ({@code UPDATE … WHERE version = ?}), or lock the row before reading it; {@link #retry} helps. Immutable and
 * safe for use by several threads.
 */
public final class Database {

    /**
     * The work done on one connection. It may run several times, so it must not have effects outside the database.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Work<T> {

        /**
         * Runs statements.
         *
         * @throws SQLException if one fails; the transaction, if there is one, is then rolled back
         */
        T run(Statements statements) throws SQLException;
    }

    /**
     * An attempt to change rows that other callers may be changing.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Attempt<T> {

        /**
         * Makes one attempt.
         *
         * @param locked whether to lock the rows ({@code SELECT … FOR UPDATE}) before reading them
         * @return the result; empty if another caller changed a row meanwhile
         */
        Optional<T> run(boolean locked);
    }

    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,20}");
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final Duration MAINTENANCE_TIMEOUT = Duration.ofSeconds(30);
    private static final int TRIES = 20;
    private static final int ATTEMPTS = 10;

    private final DataSource source;
    private final Dialect dialect;
    private final String prefix;
    private final Duration timeout;
    private final boolean escaped;
    private final boolean poolCommits;

    private Database(
            DataSource source, Dialect dialect, String prefix, Duration timeout, boolean escaped, boolean poolCommits) {
        this.source = Objects.requireNonNull(source, "source");
        this.dialect = Objects.requireNonNull(dialect, "dialect");
        this.prefix = prefix;
        this.timeout = timeout;
        this.escaped = escaped;
        this.poolCommits = poolCommits;
    }

    /**
     * Creates a database; {@code JdbcStores.database()} returns the one of its stores.
     *
     * @param source a pool of connections
     * @param dialect the kind of database, as {@link Dialect#of} finds it
     * @param prefix the prefix of all table names, so that several applications can share a schema
     * @param timeout how long a statement may take
     * @throws IllegalArgumentException if the prefix is not a lower-case letter and up to 20 lower-case letters, digits
     *     and underscores, or the timeout is not positive or more than an hour
     */
    public static Database of(DataSource source, Dialect dialect, String prefix, Duration timeout) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("the table prefix is \"" + prefix
                    + "\": use a lower-case letter and up to 20 lower-case letters, digits and underscores");
        }
        return new Database(source, dialect, prefix, checked(timeout), true, true);
    }

    /** Returns the kind of database. */
    public Dialect dialect() {
        return dialect;
    }

    String prefix() {
        return prefix;
    }

    /** Returns the same database with another time limit for each statement. */
    Database withTimeout(Duration value) {
        return new Database(source, dialect, prefix, checked(value), escaped, poolCommits);
    }

    /** Returns the same database with a timeout of at least 30 seconds, for jobs that no request waits for. */
    public Database forMaintenance() {
        return timeout.compareTo(MAINTENANCE_TIMEOUT) > 0 ? this : withTimeout(MAINTENANCE_TIMEOUT);
    }

    /**
     * Returns the same database that binds and reads strings unchanged, for tables that other programs use too. Otherwise
     * characters that a database would reject or ignore (U+0000, unpaired surrogates, a trailing space) are escaped by
     * U+001A and four hex digits.
     */
    public Database withoutEscapes() {
        return new Database(source, dialect, prefix, timeout, false, poolCommits);
    }

    /**
     * Returns the same database for a pool whose connections have auto-commit off. Otherwise such a connection is refused,
     * because it may be in a transaction of the application: what stores write is committed by each call, and is never
     * part of another transaction.
     */
    public Database withAutoCommitOff() {
        return new Database(source, dialect, prefix, timeout, escaped, false);
    }

    /** Returns a statement with each {@code ${prefix}} replaced by the prefix of the table names. */
    public String sql(String template) {
        return template.replace("${prefix}", prefix);
    }

    /**
     * Runs statements; each is a transaction of its own if the pool has auto-commit on.
     *
     * @param what completes "the database could not …" in exceptions; no values
     * @throws DuplicateKeyException if a row with the same key exists
     * @throws StoreException if the database fails or is too slow
     * @throws IllegalStateException if the connection is in a transaction of the application
     */
    public <T> T call(String what, Work<T> work) {
        return run(what, work, false);
    }

    /**
     * Runs statements in one transaction.
     *
     * @param what completes "the database could not …" in exceptions; no values
     * @throws DuplicateKeyException if a row with the same key exists
     * @throws StoreException if the database fails or is too slow
     * @throws IllegalStateException if the connection is in a transaction of the application
     */
    public <T> T transaction(String what, Work<T> work) {
        return run(what, work, true);
    }

    /**
     * Repeats an attempt until no other caller interferes: the first time without a lock, which is the common case, and
     * then with one. A {@link DuplicateKeyException} counts as interference, too.
     *
     * @param what completes "too many concurrent attempts to …" in the exception; no values
     * @throws StoreException if ten attempts failed
     */
    public <T> T retry(String what, Attempt<T> attempt) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<T> result = tryOnce(attempt, i > 0);
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw new StoreException("too many concurrent attempts to " + what);
    }

    /** The loser of a race for a new row reads again and finds the winner's. */
    private static <T> Optional<T> tryOnce(Attempt<T> attempt, boolean locked) {
        try {
            return attempt.run(locked);
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
    }

    private <T> T run(String what, Work<T> work, boolean transaction) {
        long start = System.nanoTime();
        for (int i = 1; ; i++) {
            try {
                return runOnce(work, transaction);
            } catch (SQLException e) {
                boolean late = System.nanoTime() - start > timeout.toNanos();
                if (i == TRIES || late || !SqlErrors.isLostRace(e)) {
                    throw failure(what, e);
                }
                pause(i);
            }
        }
    }

    /** Spreads out callers that raced each other: waits up to one millisecond, then two, three… */
    private static void pause(int tries) {
        LockSupport.parkNanos((System.nanoTime() & 0xF_FFFF) * tries);
    }

    private <T> T runOnce(Work<T> work, boolean transaction) throws SQLException {
        try (BorrowedConnection borrowed =
                BorrowedConnection.from(source, poolCommits, dialect, timeout, transaction)) {
            T result = work.run(new Statements(borrowed.connection(), dialect.cancelAfter(timeout), escaped));
            borrowed.commit();
            return result;
        }
    }

    private static Duration checked(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "the timeout is " + timeout + ": choose more than zero and at most an hour");
        }
        return timeout;
    }

    private static RuntimeException failure(String what, SQLException error) {
        if (SqlErrors.isDuplicate(error)) {
            return new DuplicateKeyException(error);
        }
        if (SqlErrors.isReadOnly(error)) {
            return new StoreException(
                    "the database could not " + what + " because it or the connection is read-only: "
                            + "give the stores a DataSource that may write",
                    error);
        }
        if (SqlErrors.isMissingTable(error)) {
            return new StoreException(
                    "the database could not " + what + " because a table is missing: "
                            + "call JdbcStores.schema().install(), or check the table prefix",
                    error);
        }
        return new StoreException("the database could not " + what + " (SQLSTATE " + error.getSQLState() + ")", error);
    }
}
