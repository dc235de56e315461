package io.postern.auth.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The expired rows of a table, forgotten a batch at a time.
 *
 * <p>A batch is found by an index without locking anything, and deleted by its keys if it is still expired: no live row is
 * ever waited for, and of several who purge at once each row is counted by one.
 */
final class Expired {

    /** Few enough to be over in milliseconds. */
    private static final int BATCH = 500;

    private record Candidate(Object key, long expires) {}

    private final Database database;
    private final String table;
    private final String key;
    private final String comparison;
    private final Statements.Reader<Object> keyReader;

    private Expired(
            Database database, String table, String key, String comparison, Statements.Reader<Object> keyReader) {
        this.database = database;
        this.table = database.sql(table);
        this.key = key;
        this.comparison = comparison;
        this.keyReader = keyReader;
    }

    /** Rows of a digest are over when their end has come. */
    static Expired byDigest(Database database, String table) {
        return new Expired(database, table, "digest", "<=", row -> row.bytes(1));
    }

    /** Rows of an id are over when their end is past. */
    static Expired byId(Database database, String table) {
        return new Expired(database, table, "id", "<", row -> row.text(1));
    }

    /** Returns how many it forgot, at most the limit. */
    int forget(Instant end, int limit) {
        int forgotten = 0;
        long from = Long.MIN_VALUE;
        while (forgotten < limit) {
            int size = Math.min(BATCH, limit - forgotten);
            List<Candidate> batch = find(from, end, size);
            if (batch.isEmpty()) {
                return forgotten;
            }
            forgotten += delete(batch, end);
            // Deleted rows stay in an index for a while: do not walk over them again.
            from = batch.get(batch.size() - 1).expires();
        }
        return forgotten;
    }

    private List<Candidate> find(long from, Instant end, int size) {
        String sql = "SELECT " + key + ", expires FROM " + table + " WHERE expires >= ? AND expires " + comparison
                + " ? ORDER BY expires LIMIT ?";
        return database.call(
                "find what has expired",
                statements -> statements.list(
                        sql, row -> new Candidate(keyReader.read(row), row.number(2)), from, end, size));
    }

    private int delete(List<Candidate> batch, Instant end) {
        String places = String.join(", ", Collections.nCopies(batch.size(), "?"));
        // The sum keeps databases from looking for the rows by the time, which would be slow and lock others.
        String sql = database.dialect().deleteByKey(table) + " WHERE " + key + " IN (" + places + ") AND expires + 0 "
                + comparison + " ?";
        List<Object> values = new ArrayList<>(batch.stream().map(Candidate::key).toList());
        values.add(end);
        return database.call("forget what has expired", statements -> statements.update(sql, values.toArray()));
    }
}
