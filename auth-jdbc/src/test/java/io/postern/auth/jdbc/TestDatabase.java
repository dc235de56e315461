package io.postern.auth.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;

/** A database of this JVM's tests, with one pool; the tables of different classes have different prefixes. */
enum TestDatabase {
    H2(Dialect.H2, "H2"),
    POSTGRESQL(Dialect.POSTGRESQL, "POSTGRES"),
    MARIADB(Dialect.MARIADB, "MARIADB");

    static final List<String> TABLES = List.of(
            "user_grant",
            "user",
            "token",
            "session",
            "refresh_token",
            "refresh_family",
            "revocation",
            "revocation_feed",
            "counter",
            "schema");

    private static final Map<TestDatabase, HikariDataSource> POOLS = new ConcurrentHashMap<>();

    private final Dialect dialect;
    private final String variable;

    TestDatabase(Dialect dialect, String server) {
        this.dialect = dialect;
        this.variable = "POSTERN_TEST_" + server + "_URL";
    }

    Dialect dialect() {
        return dialect;
    }

    /** Returns the pool; skips the test if there is no such server here. */
    HikariDataSource pool() {
        return POOLS.computeIfAbsent(this, TestDatabase::newPool);
    }

    HikariDataSource newPool() {
        return new HikariDataSource(config());
    }

    HikariConfig config() {
        Optional<String> url = url();
        Assumptions.assumeTrue(url.isPresent(), () -> "name a server by " + variable);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url.orElseThrow());
        config.setMaximumPoolSize(10);
        config.setConnectionTimeout(20_000);
        return config;
    }

    private Optional<String> url() {
        Optional<String> named = Optional.ofNullable(System.getenv(variable));
        return switch (this) {
            case H2 -> Optional.of("jdbc:h2:mem:postern;DB_CLOSE_DELAY=-1");
            case POSTGRESQL -> Optional.of(named.orElseGet(TestDatabase::embeddedPostgres));
            case MARIADB -> named;
        };
    }

    /** Returns stores whose tables are there and empty. */
    JdbcStores empty(String prefix) {
        return empty(pool(), prefix);
    }

    JdbcStores empty(DataSource source, String prefix) {
        JdbcStores stores =
                JdbcStores.builder(source).tablePrefix(prefix).dialect(dialect).build();
        stores.schema().install();
        for (String table : TABLES.subList(0, 7)) {
            execute("DELETE FROM " + prefix + table);
        }
        execute("DELETE FROM " + prefix + "counter");
        return stores;
    }

    /** Removes all tables of a prefix. */
    void drop(String prefix) {
        TABLES.forEach(table -> execute("DROP TABLE IF EXISTS " + prefix + table));
    }

    void execute(String sql) {
        try (Connection connection = pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String embeddedPostgres() {
        return Embedded.SERVER.getJdbcUrl("postgres", "postgres");
    }

    /** Starts with its first use and ends with the JVM. */
    private static final class Embedded {

        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("fsync", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
