package io.postern.auth.jdbc;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;

/** What the errors of the databases mean. */
final class SqlErrors {

    private static final String DUPLICATE = "23505";
    private static final int MARIADB_DUPLICATE = 1062;

    /** Serialization failure and deadlock; all of them undo the whole transaction. */
    private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

    /** MariaDB: lock wait time-out, deadlock, record changed; H2: concurrent update. */
    private static final Set<Integer> LOST_RACE_CODES = Set.of(1205, 1213, 1020, 90131);

    private static final String READ_ONLY = "25006";

    /** MariaDB: read-only server, read-only transaction; H2: read-only database. */
    private static final Set<Integer> READ_ONLY_CODES = Set.of(1290, 1792, 90097);

    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    private SqlErrors() {}

    /** Tells whether a row with the same key is there already. */
    static boolean isDuplicate(SQLException error) {
        return any(error, e -> DUPLICATE.equals(e.getSQLState()) || e.getErrorCode() == MARIADB_DUPLICATE);
    }

    /** Tells whether somebody else was in the way and trying again may help; nothing has been changed then. */
    static boolean isLostRace(SQLException error) {
        return any(error, e -> isIn(LOST_RACES, e) || LOST_RACE_CODES.contains(e.getErrorCode()));
    }

    /** Tells whether the connection or the database refuses every change. */
    static boolean isReadOnly(SQLException error) {
        return any(error, e -> READ_ONLY.equals(e.getSQLState()) || READ_ONLY_CODES.contains(e.getErrorCode()));
    }

    /** Tells whether a table is missing. */
    static boolean isNoTable(SQLException error) {
        return any(error, e -> isIn(NO_TABLE, e));
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
