package io.postern.auth.jdbc;

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

/** Carries out statements on one connection, each with bound values and within a time limit. */
final class Statements {

    /** Reads something from a row. */
    interface Reader<T> {

        T read(Row row) throws SQLException;
    }

    private final Connection connection;
    private final int seconds;

    /** Zero seconds set no limit. */
    Statements(Connection connection, int seconds) {
        this.connection = connection;
        this.seconds = seconds;
    }

    Connection connection() {
        return connection;
    }

    /** Changes rows and tells how many. */
    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /**
     * Carries a statement out for each of some lists of values, in one go. How many rows that changes is not known; false
     * if it is certainly none.
     */
    boolean batch(String sql, List<Object[]> rows) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            for (Object[] values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            return Arrays.stream(statement.executeBatch()).anyMatch(count -> count != 0);
        }
    }

    /** Reads all rows. */
    <T> List<T> list(String sql, Reader<T> reader, Object... values) throws SQLException {
        return walk(
                sql,
                row -> {
                    List<T> all = new ArrayList<>();
                    while (row.next()) {
                        all.add(reader.read(row));
                    }
                    return all;
                },
                values);
    }

    /** Reads the first row, if there is one; the reader may go on to the others. */
    <T> Optional<T> first(String sql, Reader<T> reader, Object... values) throws SQLException {
        return walk(sql, row -> row.next() ? Optional.of(reader.read(row)) : Optional.empty(), values);
    }

    private <T> T walk(String sql, Reader<T> reader, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            bind(statement, values);
            try (ResultSet results = statement.executeQuery()) {
                return reader.read(new Row(results));
            }
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            if (seconds > 0) {
                statement.setQueryTimeout(seconds);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private static void bind(PreparedStatement statement, int place, Object value) throws SQLException {
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                bind(statement, place, optional.get());
            } else {
                statement.setNull(place, Types.NULL);
            }
        } else if (value instanceof String text) {
            statement.setString(place, Texts.stored(text));
        } else if (value instanceof Instant time) {
            statement.setLong(place, Times.micros(time));
        } else if (value instanceof Long number) {
            statement.setLong(place, number);
        } else if (value instanceof Integer number) {
            statement.setInt(place, number);
        } else if (value instanceof Boolean flag) {
            statement.setBoolean(place, flag);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(place, bytes);
        } else {
            throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
    }
}
