package io.postern.auth.jdbc.sql;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;

/** Classifies the errors of the supported databases. */
final class SqlErrors {

    private static final String DUPLICATE = "23505";
    private static final int MARIADB_DUPLICATE = 1062;

    /** Serialization failure and deadlock; each rolls back the whole transaction. */
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

    /** MariaDB: lock wait timeout, deadlock, record changed; H2: concurrent update. */
    private static final Set<Integer> LOST_RACE_CODES = Set.of(1205, 1213, 1020, 90131);

    private static final String READ_ONLY = "25006";

    /** MariaDB: read-only server, read-only transaction; H2: read-only database. */
    private static final Set<Integer> READ_ONLY_CODES = Set.of(1290, 1792, 90097);

    private static final Set<String> MISSING_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    private SqlErrors() {}

    /** Returns whether a row with the same key exists. */
    static boolean isDuplicate(SQLException error) {
        return any(error, e -> DUPLICATE.equals(e.getSQLState()) || e.getErrorCode() == MARIADB_DUPLICATE);
    }

    /** Returns whether a concurrent transaction interfered, so that a retry may help; nothing has been changed then. */
    static boolean isLostRace(SQLException error) {
        return any(error, e -> isIn(LOST_RACES, e) || LOST_RACE_CODES.contains(e.getErrorCode()));
    }

    /** Returns whether the connection or the database is read-only. */
    static boolean isReadOnly(SQLException error) {
        return any(error, e -> READ_ONLY.equals(e.getSQLState()) || READ_ONLY_CODES.contains(e.getErrorCode()));
    }

    /** Returns whether a table is missing. */
    static boolean isMissingTable(SQLException error) {
        return any(error, e -> isIn(MISSING_TABLE, e));
    }

    private static boolean isIn(Set<String> states, SQLException error) {
        String state = error.getSQLState();
        return state != null && states.contains(state);
    }

    private static boolean any(SQLException error, Predicate<SQLException> test) {
        for (SQLException e = error; e != null; e = e.getNextException()) {
            if (test.test(e)) {
                return true;
            }
        }
        return false;
    }
}
