package io.postern.auth.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.Extension.Migrations;
import io.postern.auth.StoreException;
import io.postern.auth.jdbc.JdbcStores;
import io.postern.auth.jdbc.JdbcUserStore;
import io.postern.auth.jdbc.TestDatabase;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaInstallerTest {

    private static final Migrations NOTES = Migrations.of("notes", "META-INF/notes");

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void installs_once(TestDatabase database) {
        database.drop("once_");
        JdbcStores stores = stores(database, "once_");
        stores.schema().install();
        stores.users().add(UserRecord.of("1", "ann"), "hash");

        stores.schema().install();
        stores.schema().check();

        assertThat(stores.users().findById("1")).isPresent();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void installs_when_many_servers_start_at_once(TestDatabase database) throws Exception {
        for (int round = 0; round < 3; round++) {
            database.drop("race_");
            List<Callable<Boolean>> servers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                servers.add(() -> {
                    stores(database, "race_").schema().install();
                    return true;
                });
            }
            all(servers);

            stores(database, "race_").schema().check();
            stores(database, "race_").users().add(UserRecord.of("1", "ann"), "hash");
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void installs_when_many_servers_start_at_once_in_serializable_transactions(TestDatabase database) throws Exception {
        HikariConfig config = database.config();
        config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            for (int round = 0; round < 3; round++) {
                database.drop("strict_");
                JdbcStores stores =
                        JdbcStores.builder(pool).tablePrefix("strict_").build();
                Callable<Boolean> server = () -> install(stores.schema());
                all(Collections.nCopies(8, server));

                stores.schema().check();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void upgrades_older_tables_once(TestDatabase database) throws Exception {
        database.drop("up_");
        stores(database, "up_").schema().install();
        List<Migration> migrations = own(database.dialect());
        migrations.add(new Migration("postern", 2, """
                -- A later release; a second run would fail.
                ALTER TABLE ${prefix}user ADD COLUMN since BIGINT;
                INSERT INTO ${prefix}schema (component, version) VALUES ('postern', 2);
                """));
        SchemaInstaller later = installer(database, "up_", migrations);

        assertThatIllegalStateException().isThrownBy(later::check).withMessageContaining("version 1");
        all(List.of(() -> install(later), () -> install(later), () -> install(later)));

        later.check();
        database.execute("SELECT since FROM up_user");
        stores(database, "up_").schema().install();
        stores(database, "up_").schema().check();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void continues_where_a_failed_installation_stopped(TestDatabase database) {
        database.drop("half_");
        List<Migration> broken = List.of(new Migration(
                "postern",
                1,
                own(database.dialect()).get(0).script().replaceFirst("INSERT INTO \\$\\{prefix}schema", "NO SQL")));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> installer(database, "half_", broken).install());
        assertThatIllegalStateException()
                .isThrownBy(() -> stores(database, "half_").schema().check());
        stores(database, "half_").schema().install();

        stores(database, "half_").schema().check();
        stores(database, "half_").users().add(UserRecord.of("1", "ann"), "hash");
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void installs_the_tables_of_another_component_with_a_version_of_their_own(TestDatabase database) throws Exception {
        database.drop("more_");
        database.execute("DROP TABLE IF EXISTS more_note");
        SchemaInstaller own = stores(database, "more_").schema();
        SchemaInstaller all = own.with(NOTES);
        own.install();
        assertThatIllegalStateException()
                .isThrownBy(all::check)
                .withMessageContaining("notes are of version 0")
                .withMessageContaining("needs 2");

        all(List.of(() -> install(all), () -> install(all), () -> install(all)));

        all.check();
        own.check();
        all.install();
        assertThat(versions(database, "more_")).containsExactly("notes 1", "notes 2", "postern 1");
        database.execute("SELECT title FROM more_note");
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void installs_all_components_into_an_empty_database(TestDatabase database) {
        database.drop("fresh_");
        database.execute("DROP TABLE IF EXISTS fresh_note");

        stores(database, "fresh_").schema().with(List.of(NOTES)).install();

        assertThat(versions(database, "fresh_")).containsExactly("notes 1", "notes 2", "postern 1");
        stores(database, "fresh_").users().add(UserRecord.of("1", "ann"), "hash");
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void refuses_a_migration_that_does_not_record_its_version(TestDatabase database) {
        SchemaInstaller installer =
                database.empty("bad_").schema().with(Migrations.of("incomplete", "META-INF/incomplete"));

        assertThatIllegalStateException()
                .isThrownBy(installer::install)
                .withMessageContaining("V1__incomplete.sql must end with INSERT INTO");
        assertThatIllegalStateException().isThrownBy(installer::check);
    }

    @Test
    void refuses_components_that_cannot_be_installed() {
        SchemaInstaller installer = stores(TestDatabase.H2, "x_").schema();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> installer.with(NOTES, NOTES))
                .withMessageContaining("component notes");
        assertThatIllegalStateException()
                .isThrownBy(() -> installer.with(Migrations.of("notes", "META-INF/missing")))
                .withMessageContaining("META-INF/missing/h2/V1__notes.sql");
        for (String component : List.of("", "Notes", "1a", "a'b", "a".repeat(65))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Migrations.of(component, "META-INF/notes"))
                    .withMessageContaining("component");
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void keeps_prefixes_apart(TestDatabase database) {
        JdbcUserStore one = database.empty("one_").users();
        JdbcUserStore other = database.empty("one_more_").users();
        one.add(UserRecord.of("1", "ann"), "hash");

        assertThat(other.findById("1")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void explains_what_to_do_if_the_tables_are_missing(TestDatabase database) {
        JdbcStores stores = stores(database, "missing_");

        assertThatIllegalStateException()
                .isThrownBy(() -> stores.schema().check())
                .withMessageContaining("missing_")
                .withMessageContaining("install()");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> stores.users().findById("1"))
                .withMessageContaining("install()");
    }

    @Test
    void refuses_invalid_prefixes() {
        JdbcStores.Builder builder = JdbcStores.builder(TestDatabase.H2.pool());

        for (String prefix :
                List.of("", "1a", "A_", "a-b", "a.b", "a b", "a;", "a\"", "\u00e4", "a".repeat(22), "a\n")) {
            assertThatIllegalArgumentException()
                    .as(prefix)
                    .isThrownBy(() -> builder.tablePrefix(prefix).build())
                    .withMessageContaining("prefix");
        }
        assertThat(builder.tablePrefix("a".repeat(21)).build().database().prefix())
                .hasSize(21);
    }

    @Test
    void refuses_invalid_timeouts() {
        JdbcStores.Builder builder = JdbcStores.builder(TestDatabase.H2.pool());

        for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofHours(2))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.timeout(timeout).build());
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void contains_files_that_migration_tools_read(Dialect dialect) {
        Migration first = own(dialect).get(0);

        assertThat(Dialect.class
                        .getClassLoader()
                        .getResource("META-INF/postern/jdbc/" + dialect.folder() + "/V1__postern.sql"))
                .isNotNull();
        assertThat(first.script()).contains("${prefix}user");
        // Every name of ours is prefixed, and there is no other placeholder.
        Matcher created = Pattern.compile("(?:TABLE|INDEX|INTO|REFERENCES|ON)\\s+(?:IF NOT EXISTS )?([^\\s(]+)")
                .matcher(String.join("\n", first.statements()));
        assertThat(created.results().map(found -> found.group(1)))
                .filteredOn(name -> !name.equals("DELETE"))
                .hasSizeGreaterThan(20)
                .allMatch(name -> name.startsWith("${prefix}"));
        assertThat(first.script().replace("${prefix}", "")).doesNotContain("$");
    }

    private static boolean install(SchemaInstaller installer) {
        installer.install();
        return true;
    }

    private static JdbcStores stores(TestDatabase database, String prefix) {
        return JdbcStores.builder(database.pool()).tablePrefix(prefix).build();
    }

    private static List<Migration> own(Dialect dialect) {
        return new ArrayList<>(Migration.all(Migrations.of("postern", "META-INF/postern/jdbc"), dialect));
    }

    private static SchemaInstaller installer(TestDatabase database, String prefix, List<Migration> migrations) {
        return new SchemaInstaller(
                Database.of(database.pool(), database.dialect(), prefix, Duration.ofSeconds(2)), migrations);
    }

    private static List<String> versions(TestDatabase database, String prefix) {
        String sql = "SELECT component, version FROM " + prefix + "schema ORDER BY component, version";
        return stores(database, prefix)
                .database()
                .call(
                        "list versions",
                        statements -> statements.list(sql, row -> row.getString(1) + " " + row.getLong(2)));
    }

    private static void all(List<Callable<Boolean>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
