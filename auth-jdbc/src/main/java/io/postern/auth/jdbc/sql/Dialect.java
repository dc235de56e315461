package io.postern.auth.jdbc.sql;

import io.postern.auth.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;

/** The supported databases. */
public enum Dialect {

    /** PostgreSQL 12 and later, with a database in UTF8. */
    POSTGRESQL,

    /** MariaDB 10.5 and later, and MySQL 8.0 and later. */
    MARIADB,

    /** H2 2.x. Its own {@code LOCK_TIMEOUT} limits how long a statement waits. */
    H2;

    /**
     * Returns the dialect of a database, from the product name that its driver reports.
     *
     * @throws StoreException if the database cannot be reached
     * @throws IllegalStateException if it is not a supported one
     */
    public static Dialect of(DataSource source) {
        try (Connection connection = BorrowedConnection.open(source)) {
            return named(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException e) {
            throw new StoreException("the database could not report its product name", e);
        }
    }

    private static Dialect named(String product) {
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "mariadb", "mysql" -> MARIADB;
            case "h2" -> H2;
            default ->
                throw new IllegalStateException("unsupported database " + product
                        + ": if it is compatible with a supported one, set that by JdbcStores.Builder.dialect");
        };
    }

    /**
     * Returns the limit after which the database cancels a statement, in the whole seconds that JDBC has; 0 for none.
     *
     * <p>MariaDB's server measures the time itself. PostgreSQL's driver would send a cancel request and wait ten seconds
     * for a server that hangs. H2 keeps the limit for every later borrower of the connection.
     */
    int cancelAfter(Duration timeout) {
        return this == MARIADB ? Math.toIntExact(timeout.plusMillis(999).toSeconds()) : 0;
    }

    /** Returns the network timeout of a connection in milliseconds; 0 for none, as H2 does not support it. */
    int networkTimeout(Duration timeout) {
        return switch (this) {
            case POSTGRESQL -> Math.toIntExact(timeout.toMillis());
            // A cancelled statement leaves the connection usable, so that comes first.
            case MARIADB -> Math.toIntExact(cancelAfter(timeout) * 1_000L + 500);
            case H2 -> 0;
        };
    }

    /** Returns the beginning of a statement that deletes rows of a table by primary key. */
    String deleteByPrimaryKey(String table) {
        // MariaDB reads, and locks, the whole of a small table unless told otherwise.
        return this == MARIADB
                ? "DELETE " + table + " FROM " + table + " FORCE INDEX (PRIMARY)"
                : "DELETE FROM " + table;
    }

    /** Returns the name of the folder with its migrations. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
