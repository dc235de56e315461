package io.postern.auth.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the pool, under our time limit and perhaps in a transaction, that is given back as it was.
 *
 * <p>What was not committed is rolled back. A connection that cannot even do that is cut, so that nobody after us commits
 * what we began.
 */
final class Borrowed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Borrowed.class);

    private static final int UNCHANGED = -1;

    private final Connection connection;
    private boolean autoCommit = true;
    private boolean pending;
    private int networkTimeout = UNCHANGED;

    private Borrowed(Connection connection) {
        this.connection = connection;
    }

    static Borrowed from(DataSource source, Dialect dialect, Duration timeout, boolean together) throws SQLException {
        Borrowed borrowed = new Borrowed(connection(source));
        try {
            borrowed.begin(dialect, timeout, together);
            return borrowed;
        } catch (SQLException | RuntimeException e) {
            borrowed.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Makes what was done last, unless each statement did so. */
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
            // What had to be done is done or has failed already; the pool finds out about its connection.
            LOG.debug("a connection could not be given back as it was", e);
        }
    }

    private void begin(Dialect dialect, Duration timeout, boolean together) throws SQLException {
        autoCommit = connection.getAutoCommit();
        int limit = dialect.cutAfter(timeout);
        if (limit > 0) {
            cutAfter(limit);
        }
        if (together && autoCommit) {
            connection.setAutoCommit(false);
        }
        pending = together || !autoCommit;
    }

    private void cutAfter(int millis) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            if (before == 0 || before > millis) {
                connection.setNetworkTimeout(Runnable::run, millis);
                networkTimeout = before;
            }
        } catch (SQLFeatureNotSupportedException e) {
            LOG.trace("the driver knows no network time-out", e);
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

    /** Some pools throw what is no SQLException when they cannot begin. */
    private static Connection connection(DataSource source) throws SQLException {
        try {
            return source.getConnection();
        } catch (RuntimeException e) {
            throw new SQLException("the pool gave no connection", e);
        }
    }
}
