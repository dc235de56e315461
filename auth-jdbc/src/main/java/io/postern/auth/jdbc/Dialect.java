package io.postern.auth.jdbc;

import io.postern.auth.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;

/** The databases that the stores know. */
public enum Dialect {

    /** PostgreSQL 12 and later, with a database in UTF8. */
    POSTGRESQL,

    /** MariaDB 10.5 and later, and MySQL 8.0 and later. */
    MARIADB,

    /** H2 2.x. Its own {@code LOCK_TIMEOUT} limits how long a statement waits. */
    H2;

    /**
     * Asks a database what it is.
     *
     * @param source the database
     * @return the dialect
     * @throws StoreException if the database does not answer
     * @throws IllegalStateException if it is none of these
     */
    public static Dialect of(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return named(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException e) {
            throw new StoreException("the database could not tell what it is", e);
        }
    }

    private static Dialect named(String product) {
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "mariadb", "mysql" -> MARIADB;
            case "h2" -> H2;
            default ->
                throw new IllegalStateException("the database calls itself " + product
                        + "; if it speaks the SQL of one that Postern knows, name that by JdbcStores.Builder.dialect");
        };
    }

    /**
     * Returns the limit after which the database is to cancel a statement, in the whole seconds that JDBC knows; 0 for
     * none.
     *
     * <p>MariaDB's server keeps the time itself. PostgreSQL's driver would ask a server that hangs to cancel, and wait
     * for that for ten seconds. H2 remembers the limit for everybody who borrows the connection.
     */
    int cancelAfter(Duration timeout) {
        return this == MARIADB ? Math.toIntExact(timeout.plusMillis(999).toSeconds()) : 0;
    }

    /** Returns the limit after which a connection is cut, in milliseconds; 0 for none, as H2 knows no such thing. */
    int cutAfter(Duration timeout) {
        return switch (this) {
            case POSTGRESQL -> Math.toIntExact(timeout.toMillis());
            // A cancelled statement leaves the connection whole, so that comes first.
            case MARIADB -> Math.toIntExact(cancelAfter(timeout) * 1_000L + 500);
            case H2 -> 0;
        };
    }

    /** Returns the beginning of a statement that deletes some rows of a table by its primary key. */
    String deleteByKey(String table) {
        // MariaDB reads, and locks, a small table as a whole unless told not to.
        return this == MARIADB
                ? "DELETE " + table + " FROM " + table + " FORCE INDEX (PRIMARY)"
                : "DELETE FROM " + table;
    }

    /** Returns the name of the folder with the tables. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
