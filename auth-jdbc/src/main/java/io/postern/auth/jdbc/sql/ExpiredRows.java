package io.postern.auth.jdbc.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Deletes the expired rows of a table in batches. The table has a single-column primary key and a column {@code expires}
 * that holds an {@link Instant} and has an index.
 *
 * <p>A batch is found by the index without locks, and deleted by primary key if it is still expired: no live row is ever
 * locked, and of several callers at once each row is counted by one. Immutable and safe for use by several threads.
 */
public final class ExpiredRows {

    /** Few enough to take milliseconds. */
    private static final int BATCH = 500;

    private record Candidate(Object key, Instant expires) {}

    private final Database database;
    private final String table;
    private final String key;

    /**
     * Creates it.
     *
     * @param database the database; {@link Database#forMaintenance} unless a request waits
     * @param table the table, with {@code ${prefix}}
     * @param key the column of the primary key
     */
    public ExpiredRows(Database database, String table, String key) {
        this.database = database.withoutEscapes();
        this.table = database.sql(table);
        this.key = key;
    }

    /**
     * Deletes rows whose time has come: {@code expires <= now}.
     *
     * @param limit how many at most
     * @return how many were deleted, fewer than the limit only if none is left
     */
    public int deleteUntil(Instant now, int limit) {
        return delete("<=", now, limit);
    }

    /**
     * Deletes rows that expired before a time: {@code expires < end}.
     *
     * @param limit how many at most
     * @return how many were deleted, fewer than the limit only if none is left
     */
    public int deleteBefore(Instant end, int limit) {
        return delete("<", end, limit);
    }

    private int delete(String comparison, Instant end, int limit) {
        int deleted = 0;
        Instant from = Timestamps.toInstant(Long.MIN_VALUE);
        while (deleted < limit) {
            int size = Math.min(BATCH, limit - deleted);
            List<Candidate> batch = find(comparison, from, end, size);
            if (batch.isEmpty()) {
                return deleted;
            }
            deleted += delete(comparison, batch, end);
            // Deleted rows remain in an index for a while: skip them.
            from = batch.get(batch.size() - 1).expires();
        }
        return deleted;
    }

    private List<Candidate> find(String comparison, Instant from, Instant end, int size) {
        String sql = "SELECT " + key + ", expires FROM " + table + " WHERE expires >= ? AND expires " + comparison
                + " ? ORDER BY expires LIMIT ?";
        return database.call(
                "find expired rows",
                statements ->
                        statements.list(sql, row -> new Candidate(row.getKey(1), row.getInstant(2)), from, end, size));
    }

    private int delete(String comparison, List<Candidate> batch, Instant end) {
        String parameters = String.join(", ", Collections.nCopies(batch.size(), "?"));
        // The sum keeps databases from looking up the rows by time, which would be slow and lock others.
        String sql = database.dialect().deleteByPrimaryKey(table) + " WHERE " + key + " IN (" + parameters
                + ") AND expires + 0 " + comparison + " ?";
        List<Object> values = new ArrayList<>(batch.stream().map(Candidate::key).toList());
        values.add(end);
        return database.call("delete expired rows", statements -> statements.update(sql, values.toArray()));
    }
}
