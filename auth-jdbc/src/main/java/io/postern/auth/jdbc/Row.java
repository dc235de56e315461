package io.postern.auth.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The row of a result on which the cursor stands; columns count from 1. */
final class Row {

    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    /** Goes to the next row, if there is one. */
    boolean next() throws SQLException {
        return results.next();
    }

    String text(int column) throws SQLException {
        return Texts.read(Objects.requireNonNull(results.getString(column), "a column that must not be null is"));
    }

    Optional<String> optionalText(int column) throws SQLException {
        return Optional.ofNullable(results.getString(column)).map(Texts::read);
    }

    byte[] bytes(int column) throws SQLException {
        return Objects.requireNonNull(results.getBytes(column), "a column that must not be null is");
    }

    long number(int column) throws SQLException {
        return results.getLong(column);
    }

    boolean flag(int column) throws SQLException {
        return results.getBoolean(column);
    }

    Instant time(int column) throws SQLException {
        return Times.instant(results.getLong(column));
    }

    Optional<Instant> optionalTime(int column) throws SQLException {
        long micros = results.getLong(column);
        return results.wasNull() ? Optional.empty() : Optional.of(Times.instant(micros));
    }
}
