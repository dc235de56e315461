package io.postern.auth.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.auth.jdbc.sql.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A database of this JVM's tests, with one pool; the tables of different classes have different prefixes.
 *
 * <p>PostgreSQL starts by itself unless {@code POSTERN_TEST_POSTGRES_URL} names one. MariaDB is there in the profile {@code
 * mariadb} only, where it starts by itself unless {@code POSTERN_TEST_MARIADB_URL} names one, which may be a MySQL.
 */
public enum TestDatabase {
    H2(Dialect.H2),
    POSTGRESQL(Dialect.POSTGRESQL),
    MARIADB(Dialect.MARIADB);

    public static final String AVAILABLE = "io.postern.auth.jdbc.TestDatabase#available";
    static final String SERVERS = "io.postern.auth.jdbc.TestDatabase#servers";

    static final List<String> TABLES = List.of(
            "user_grant",
            "user",
            "one_time_secret",
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

    TestDatabase(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Returns the databases of this run. */
    static Stream<TestDatabase> available() {
        return mariadb().isPresent() ? Stream.of(values()) : Stream.of(H2, POSTGRESQL);
    }

    /** Returns those that run outside this JVM. */
    static Stream<TestDatabase> servers() {
        return available().filter(database -> database != H2);
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Returns the pool. */
    public HikariDataSource pool() {
        return POOLS.computeIfAbsent(this, TestDatabase::newPool);
    }

    HikariDataSource newPool() {
        return new HikariDataSource(config());
    }

    public HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(10);
        config.setConnectionTimeout(20_000);
        return config;
    }

    private String url() {
        return switch (this) {
            case H2 -> "jdbc:h2:mem:postern;DB_CLOSE_DELAY=-1";
            case POSTGRESQL ->
                Optional.ofNullable(System.getenv("POSTERN_TEST_POSTGRES_URL"))
                        .orElseGet(TestDatabase::embeddedPostgres);
            case MARIADB -> mariadb().orElseThrow().url();
        };
    }

    private static Optional<MariadbServer> mariadb() {
        return ServiceLoader.load(MariadbServer.class).findFirst();
    }

    /** Returns stores whose tables exist and are empty. */
    public JdbcStores empty(String prefix) {
        return empty(pool(), prefix);
    }

    JdbcStores empty(DataSource source, String prefix) {
        JdbcStores stores =
                JdbcStores.builder(source).tablePrefix(prefix).dialect(dialect).build();
        stores.schema().install();
        for (String table : TABLES.subList(0, 8)) {
            execute("DELETE FROM " + prefix + table);
        }
        execute("DELETE FROM " + prefix + "counter");
        return stores;
    }

    /** Removes all tables of a prefix. */
    public void drop(String prefix) {
        TABLES.forEach(table -> execute("DROP TABLE IF EXISTS " + prefix + table));
    }

    public void execute(String sql) {
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
