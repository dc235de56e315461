package io.postern.auth.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.Extension.Migrations;
import io.postern.auth.StoreException;
import io.postern.auth.jdbc.JdbcStores;
import io.postern.auth.jdbc.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The toolkit as a sister module uses it, with a table of its own. */
class DatabaseTest {

    private static final Instant NOW = Instant.parse("2035-01-01T00:00:00.123456Z");

    private static final String INSERT = "INSERT INTO ${prefix}note"
            + " (id, expires, content, price, written, views, shared, title) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void binds_and_reads_every_type(TestDatabase database) {
        Database sql = notes(database);
        LocalDateTime written = LocalDateTime.of(2035, 1, 1, 12, 30);
        sql.call(
                "add a note",
                statements -> statements.update(
                        sql.sql(INSERT),
                        "1",
                        NOW,
                        new byte[] {1, 2},
                        new BigDecimal("1.25"),
                        written,
                        7L,
                        true,
                        Optional.of("a\u0000 ")));

        List<Object> read = sql.call(
                        "find a note",
                        statements -> statements.first(
                                sql.sql("SELECT expires, content, price, written, views, shared, title"
                                        + " FROM ${prefix}note WHERE id = ?"),
                                row -> List.<Object>of(
                                        row.getInstant(1),
                                        row.getBytes(2),
                                        row.getObject(3, BigDecimal.class).orElseThrow(),
                                        row.getObject(4, LocalDateTime.class).orElseThrow(),
                                        row.getLong(5),
                                        row.getBoolean(6),
                                        row.getString(7)),
                                "1"))
                .orElseThrow();

        assertThat(read).containsExactly(NOW, new byte[] {1, 2}, new BigDecimal("1.25"), written, 7L, true, "a\u0000 ");
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void binds_null_and_empty_as_null(TestDatabase database) {
        Database sql = notes(database);
        sql.call(
                "add a note",
                statements -> statements.update(
                        sql.sql(INSERT), "1", NOW, null, null, null, Optional.empty(), null, Optional.empty()));

        List<Optional<?>> read = sql.call(
                        "find a note",
                        statements -> statements.first(
                                sql.sql("SELECT title, views, price FROM ${prefix}note WHERE content IS NULL"),
                                row -> List.<Optional<?>>of(
                                        row.getOptionalString(1),
                                        row.getOptionalInstant(2),
                                        row.getObject(3, BigDecimal.class))))
                .orElseThrow();

        assertThat(read).hasSize(3).allMatch(Optional::isEmpty);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void leaves_strings_of_foreign_tables_unchanged(TestDatabase database) {
        Database sql = notes(database);
        Database foreign = sql.withoutEscapes();
        String id = "a\u001A0020";
        foreign.call(
                "add a note",
                statements ->
                        statements.update(sql.sql("INSERT INTO ${prefix}note (id, expires) VALUES (?, ?)"), id, NOW));

        String find = sql.sql("SELECT id FROM ${prefix}note");
        Optional<String> asStored = foreign.call("find", statements -> statements.first(find, row -> row.getString(1)));
        Optional<String> asOurs = sql.call("find", statements -> statements.first(find, row -> row.getString(1)));
        assertThat(asStored).contains(id);
        assertThat(asOurs).contains("a ");
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void upserts(TestDatabase database) {
        Database sql = notes(database);
        String upsert = Upsert.into("${prefix}note")
                .key("id VARCHAR")
                .set("title VARCHAR")
                .setGreatest("expires BIGINT", "views BIGINT")
                .sql(sql);

        sql.call("set", statements -> statements.update(upsert, "1", "first", NOW, 5));
        sql.call("set", statements -> statements.update(upsert, "1", "second", NOW.plusSeconds(1), 3));

        List<List<Object>> rows = sql.call(
                "list",
                statements -> statements.list(
                        sql.sql("SELECT title, expires, views FROM ${prefix}note"),
                        row -> List.of(row.getString(1), row.getInstant(2), row.getLong(3))));
        assertThat(rows).containsExactly(List.of("second", NOW.plusSeconds(1), 5L));
    }

    @Test
    void an_upsert_without_a_key_or_a_column_to_set_is_refused() {
        Database sql = Database.of(TestDatabase.H2.pool(), Dialect.H2, "toolkit_", Duration.ofSeconds(2));
        Upsert upsert = Upsert.into("${prefix}note");

        assertThatIllegalStateException()
                .isThrownBy(() -> upsert.key("id VARCHAR").sql(sql))
                .withMessageContaining("call key(…), and set(…) or setGreatest(…)");
        assertThatIllegalStateException()
                .isThrownBy(() -> upsert.set("title VARCHAR").sql(sql));
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void deletes_expired_rows_up_to_a_limit(TestDatabase database) {
        Database sql = notes(database);
        List<Object[]> rows = new ArrayList<>();
        IntStream.range(0, 1_200).forEach(i -> rows.add(new Object[] {"id" + i + " ", NOW.plusSeconds(i)}));
        sql.transaction(
                "add notes",
                statements -> statements.batch(sql.sql("INSERT INTO ${prefix}note (id, expires) VALUES (?, ?)"), rows));
        ExpiredRows notes = new ExpiredRows(sql.forMaintenance(), "${prefix}note", "id");

        assertThat(notes.deleteUntil(NOW.plusSeconds(1_000), 700)).isEqualTo(700);
        assertThat(notes.deleteBefore(NOW.plusSeconds(1_000), 700)).isEqualTo(300);
        assertThat(notes.deleteUntil(NOW.plusSeconds(1_000), 700)).isEqualTo(1);
        assertThat(notes.deleteUntil(NOW.plusSeconds(1_000), 700)).isZero();
        assertThat(ids(sql)).hasSize(199);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void rolls_a_failed_transaction_back(TestDatabase database) {
        Database sql = notes(database);
        String insert = sql.sql("INSERT INTO ${prefix}note (id, expires) VALUES (?, ?)");

        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> sql.transaction("add notes", statements -> {
                    statements.update(insert, "1", NOW);
                    return statements.update(insert, "1", NOW);
                }));
        assertThatIllegalStateException()
                .isThrownBy(() -> sql.transaction("add a note", statements -> {
                    statements.update(insert, "2", NOW);
                    throw new IllegalStateException("of the work");
                }));

        assertThat(ids(sql)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void retries_with_a_lock_until_no_other_caller_interferes(TestDatabase database) {
        Database sql = notes(database);
        AtomicInteger attempts = new AtomicInteger();

        List<Boolean> result = sql.retry("change a note", locked -> switch (attempts.incrementAndGet()) {
            case 1 -> Optional.empty();
            case 2 -> throw new DuplicateKeyException(new IllegalStateException());
            default -> Optional.of(List.of(locked));
        });

        assertThat(result).containsExactly(true);
        assertThat(attempts).hasValue(3);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> sql.retry("change a note", locked -> Optional.empty()))
                .withMessage("too many concurrent attempts to change a note");
    }

    private static Database notes(TestDatabase database) {
        JdbcStores stores = database.empty("toolkit_");
        stores.schema().with(Migrations.of("notes", "META-INF/notes")).install();
        database.execute("DELETE FROM toolkit_note");
        return stores.database();
    }

    private static List<String> ids(Database sql) {
        return sql.call(
                "list notes",
                statements -> statements.list(sql.sql("SELECT id FROM ${prefix}note"), row -> row.getString(1)));
    }
}
