package io.postern.auth.jdbc.sql;

import io.postern.auth.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs prepared statements on one connection, within the time limit of their {@link Database}.
 *
 * <p>Values are bound by their class: an {@link Instant} as microseconds since 1970 in a {@code BIGINT}, null and an empty
 * {@link Optional} as {@code NULL}, a present {@code Optional} as its value, and every other class as the driver's {@code
 * setObject} maps it. Not safe for use by several threads; use it only inside {@link Database.Work}.
 */
public final class Statements {

    /**
     * Maps a row.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface RowMapper<T> {

        /** Maps the row at the cursor. */
        T map(Row row) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Statements.class);

    private final Connection connection;
    private final int timeoutSeconds;
    private final boolean escaped;

    /** Zero seconds set no limit. */
    Statements(Connection connection, int timeoutSeconds, boolean escaped) {
        this.connection = connection;
        this.timeoutSeconds = timeoutSeconds;
        this.escaped = escaped;
    }

    Connection connection() {
        return connection;
    }

    /** Runs an INSERT, UPDATE, DELETE or DDL statement and returns the number of changed rows. */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /**
     * Runs a statement once for each list of values, in one batch.
     *
     * @return false if no row was changed; drivers do not always report how many were
     */
    public boolean batch(String sql, List<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            for (@Nullable Object[] values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            return Arrays.stream(statement.executeBatch()).anyMatch(count -> count != 0);
        }
    }

    /** Runs a query and returns all rows. */
    public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... values) throws SQLException {
        return query(
                sql,
                row -> {
                    List<T> all = new ArrayList<>();
                    while (row.next()) {
                        all.add(mapped(mapper, row));
                    }
                    return all;
                },
                values);
    }

    /**
     * Runs a query and returns up to {@code limit} rows, without those that cannot be mapped: a damaged row is logged, and
     * does not make a list fail.
     *
     * @param sql ends with {@code LIMIT ?}
     * @param limit the last value; more rows are read if some cannot be mapped
     */
    public <T> List<T> page(String sql, RowMapper<T> mapper, int limit, @Nullable Object... values)
            throws SQLException {
        @Nullable Object[] all = Arrays.copyOf(values, values.length + 1);
        long size = limit;
        while (true) {
            all[values.length] = size;
            List<Optional<T>> rows = list(sql, row -> readable(mapper, row), all);
            List<T> good = rows.stream().flatMap(Optional::stream).limit(limit).toList();
            if (good.size() == limit || rows.size() < size) {
                return good;
            }
            size = limit + rows.stream().filter(Optional::isEmpty).count();
        }
    }

    /** Runs a query and returns the first row, if any; the mapper may advance to further rows by {@link Row#next}. */
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... values) throws SQLException {
        return query(sql, row -> row.next() ? Optional.of(mapped(mapper, row)) : Optional.empty(), values);
    }

    private <T> T query(String sql, RowMapper<T> mapper, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            try (ResultSet results = statement.executeQuery()) {
                return mapper.map(new Row(results, escaped));
            }
        }
    }

    /** The exception of a damaged row contains no value of it. */
    private static <T> T mapped(RowMapper<T> mapper, Row row) throws SQLException {
        try {
            return mapper.map(row);
        } catch (RuntimeException e) {
            throw new StoreException("a row of the database is damaged", e);
        }
    }

    private static <T> Optional<T> readable(RowMapper<T> mapper, Row row) throws SQLException {
        try {
            return Optional.of(mapper.map(row));
        } catch (RuntimeException e) {
            LOG.warn("a damaged row of the database is left out", e);
            return Optional.empty();
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            if (timeoutSeconds > 0) {
                statement.setQueryTimeout(timeoutSeconds);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof Optional<?> optional) {
            bind(statement, index, optional.orElse(null));
        } else if (value instanceof String string) {
            statement.setString(index, escaped ? Escapes.escape(string) : string);
        } else if (value instanceof Instant time) {
            statement.setLong(index, Timestamps.toMicros(time));
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else {
            statement.setObject(index, value);
        }
    }
}
