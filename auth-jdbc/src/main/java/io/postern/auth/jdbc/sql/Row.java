package io.postern.auth.jdbc.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The row of a result at the cursor. Columns are numbered from 1; use it only inside a {@link Statements.RowMapper}. */
public final class Row {

    private static final String NOT_NULL = "unexpected NULL in a column";

    private final ResultSet results;
    private final boolean escaped;

    Row(ResultSet results, boolean escaped) {
        this.results = results;
        this.escaped = escaped;
    }

    /** Advances to the next row; returns false if there is none. */
    public boolean next() throws SQLException {
        return results.next();
    }

    /** Returns a string. */
    public String getString(int column) throws SQLException {
        return unescaped(Objects.requireNonNull(results.getString(column), NOT_NULL));
    }

    /** Returns a string; empty for {@code NULL}. */
    public Optional<String> getOptionalString(int column) throws SQLException {
        return Optional.ofNullable(results.getString(column)).map(this::unescaped);
    }

    /** Returns a binary value. */
    public byte[] getBytes(int column) throws SQLException {
        return Objects.requireNonNull(results.getBytes(column), NOT_NULL);
    }

    /** Returns a number; 0 for {@code NULL}. */
    public long getLong(int column) throws SQLException {
        return results.getLong(column);
    }

    /** Returns a boolean; false for {@code NULL}. */
    public boolean getBoolean(int column) throws SQLException {
        return results.getBoolean(column);
    }

    /** Returns a time that was bound as an {@link Instant}. */
    public Instant getInstant(int column) throws SQLException {
        return Timestamps.toInstant(results.getLong(column));
    }

    /** Returns a time that was bound as an {@link Instant}; empty for {@code NULL}. */
    public Optional<Instant> getOptionalInstant(int column) throws SQLException {
        long micros = results.getLong(column);
        return results.wasNull() ? Optional.empty() : Optional.of(Timestamps.toInstant(micros));
    }

    /**
     * Returns a value of a class that the driver supports, such as {@code java.time.LocalDateTime} or {@code
     * java.util.UUID}, as the driver maps it and without unescaping; empty for {@code NULL}.
     */
    public <T> Optional<T> getObject(int column, Class<T> type) throws SQLException {
        return Optional.ofNullable(results.getObject(column, type));
    }

    /** Returns a key of any type as the driver maps it. */
    Object getKey(int column) throws SQLException {
        return Objects.requireNonNull(results.getObject(column), NOT_NULL);
    }

    private String unescaped(String value) {
        return escaped ? Escapes.unescape(value) : value;
    }
}
