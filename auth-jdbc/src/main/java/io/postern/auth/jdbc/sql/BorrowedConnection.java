package io.postern.auth.jdbc.sql;

import io.postern.auth.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the pool, under a time limit and possibly in a transaction, that is returned in its original state.
 *
 * <p>What was not committed is rolled back. A connection that cannot even do that is aborted, so that no later borrower
 * commits what was begun here.
 */
final class BorrowedConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BorrowedConnection.class);

    private static final int UNCHANGED = -1;

    private final Connection connection;
    private boolean autoCommit = true;
    private boolean pending;
    private int networkTimeout = UNCHANGED;

    private BorrowedConnection(Connection connection) {
        this.connection = connection;
    }

    /**
     * Borrows a connection.
     *
     * @throws StoreException if there is none
     * @throws IllegalStateException if it is in a transaction of the application
     */
    static BorrowedConnection from(
            DataSource source, boolean poolCommits, Dialect dialect, Duration timeout, boolean transaction)
            throws SQLException {
        BorrowedConnection borrowed = new BorrowedConnection(open(source));
        try {
            borrowed.begin(poolCommits, dialect, timeout, transaction);
            return borrowed;
        } catch (SQLException | RuntimeException e) {
            borrowed.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Commits, unless each statement was committed by itself. */
    void commit() throws SQLException {
        if (pending) {
            connection.commit();
            pending = false;
        }
    }

    @Override
    public void close() {
        try (connection) {
            if (pending) {
                rollBack();
            }
            if (!connection.isClosed()) {
                restore();
            }
        } catch (SQLException | RuntimeException e) {
            // The work is committed or has failed already; the pool validates its connections itself.
            LOG.debug("could not restore the state of a connection", e);
        }
    }

    private void begin(boolean poolCommits, Dialect dialect, Duration timeout, boolean transaction)
            throws SQLException {
        autoCommit = connection.getAutoCommit();
        if (poolCommits && !autoCommit) {
            throw new IllegalStateException(
                    "the DataSource returned a connection with auto-commit off, which may be in a"
                            + " transaction of the application, and the stores must not commit that: give them the pool behind a"
                            + " transaction-aware DataSource, or, if the pool itself has auto-commit off, call"
                            + " JdbcStores.builder(pool).autoCommit(false)");
        }
        int limit = dialect.networkTimeout(timeout);
        if (limit > 0) {
            limitNetwork(limit);
        }
        if (transaction && autoCommit) {
            connection.setAutoCommit(false);
        }
        pending = transaction || !autoCommit;
    }

    private void limitNetwork(int millis) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            if (before == 0 || before > millis) {
                connection.setNetworkTimeout(Runnable::run, millis);
                networkTimeout = before;
            }
        } catch (SQLFeatureNotSupportedException e) {
            LOG.trace("the driver does not support network timeouts", e);
        }
    }

    private void rollBack() throws SQLException {
        try {
            connection.rollback();
            pending = false;
        } catch (SQLException | RuntimeException e) {
            connection.abort(Runnable::run);
            throw e;
        }
    }

    private void restore() throws SQLException {
        if (connection.getAutoCommit() != autoCommit) {
            connection.setAutoCommit(autoCommit);
        }
        if (networkTimeout != UNCHANGED) {
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
        }
    }

    /**
     * Returns a connection. JDBC has no way to ask a DataSource for its URL, which could contain a password; the driver's
     * exception names the host.
     *
     * @throws StoreException if there is none; some pools throw exceptions other than SQLException when they cannot start
     */
    static Connection open(DataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException | RuntimeException e) {
            throw new StoreException(
                    "the database cannot be reached: " + source.getClass().getName() + " returned no connection; check"
                            + " that the server runs, and the URL, user and password of the DataSource",
                    e);
        }
    }
}
