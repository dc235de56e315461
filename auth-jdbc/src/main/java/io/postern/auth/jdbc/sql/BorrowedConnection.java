package io.postern.auth.jdbc.sql;

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

    static BorrowedConnection from(DataSource source, Dialect dialect, Duration timeout, boolean transaction)
            throws SQLException {
        BorrowedConnection borrowed = new BorrowedConnection(connection(source));
        try {
            borrowed.begin(dialect, timeout, transaction);
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

    private void begin(Dialect dialect, Duration timeout, boolean transaction) throws SQLException {
        autoCommit = connection.getAutoCommit();
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

    /** Some pools throw exceptions other than SQLException when they cannot start. */
    private static Connection connection(DataSource source) throws SQLException {
        try {
            return source.getConnection();
        } catch (RuntimeException e) {
            throw new SQLException("the pool returned no connection", e);
        }
    }
}
