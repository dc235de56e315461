package io.postern.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.auth.StoreException;
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
    void brings_older_tables_up_to_date_once(TestDatabase database) throws Exception {
        database.drop("up_");
        stores(database, "up_").schema().install();
        List<Migration> migrations = new ArrayList<>(Migration.all(database.dialect()));
        migrations.add(new Migration(2, """
                -- A later release; a second run would fail.
                ALTER TABLE ${prefix}user ADD COLUMN since BIGINT;
                INSERT INTO ${prefix}schema (version) VALUES (2);
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
    void goes_on_where_a_failed_installation_left_off(TestDatabase database) {
        database.drop("half_");
        List<Migration> broken = List.of(new Migration(
                1,
                Migration.all(database.dialect())
                        .get(0)
                        .script()
                        .replaceFirst("INSERT INTO \\$\\{prefix}schema", "NO SQL")));

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
    void keeps_prefixes_apart(TestDatabase database) {
        JdbcUserStore one = database.empty("one_").users();
        JdbcUserStore other = database.empty("one_more_").users();
        one.add(UserRecord.of("1", "ann"), "hash");

        assertThat(other.findById("1")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void says_what_to_do_when_the_tables_are_missing(TestDatabase database) {
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
    void refuses_prefixes_that_are_not_plain() {
        JdbcStores.Builder builder = JdbcStores.builder(TestDatabase.H2.pool());

        for (String prefix :
                List.of("", "1a", "A_", "a-b", "a.b", "a b", "a;", "a\"", "\u00e4", "a".repeat(22), "a\n")) {
            assertThatIllegalArgumentException()
                    .as(prefix)
                    .isThrownBy(() -> builder.tablePrefix(prefix))
                    .withMessageContaining("prefix");
        }
        builder.tablePrefix("a".repeat(21));
    }

    @Test
    void refuses_time_outs_that_cannot_work() {
        JdbcStores.Builder builder = JdbcStores.builder(TestDatabase.H2.pool());

        for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofHours(2))) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(timeout));
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void ships_files_that_migration_tools_read(Dialect dialect) {
        Migration first = Migration.all(dialect).get(0);

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

    private static SchemaInstaller installer(TestDatabase database, String prefix, List<Migration> migrations) {
        return new SchemaInstaller(
                new Database(database.pool(), database.dialect(), prefix, Duration.ofSeconds(2)), migrations);
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
