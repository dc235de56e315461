package io.postern.auth.jdbc;

import static io.postern.auth.jdbc.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.auth.StoreException;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocation.Kind;
import io.postern.auth.throttle.Rate;
import io.postern.auth.user.UserRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void a_closed_pool_is_a_failure(TestDatabase database) {
        HikariDataSource pool = database.newPool();
        JdbcStores stores = database.empty(pool, "fail_");
        pool.close();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> stores.tokens().find(Samples.value("t")))
                .withCauseInstanceOf(SQLException.class);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> stores.refreshTokens().revokeFamily("u", "f"));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> JdbcStores.builder(pool).build());
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.SERVERS)
    void fails_while_the_server_is_away_and_recovers(TestDatabase database) throws Exception {
        database.empty("fail_").users().add(UserRecord.of("1", "ann"), "hash");
        try (Wire wire = wire(database);
                HikariDataSource pool = pool(database, wire)) {
            JdbcUserStore users = stores(database, pool).users();
            assertThat(users.findById("1")).isPresent();

            wire.cut();
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(StoreException.class).isThrownBy(() -> users.findById("1"));
            }
            wire.mend();

            assertThat(users.findById("1")).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.SERVERS)
    void fails_in_time_when_the_server_hangs_and_recovers(TestDatabase database) throws Exception {
        database.empty("fail_").users().add(UserRecord.of("1", "ann"), "hash");
        try (Wire wire = wire(database);
                HikariDataSource pool = pool(database, wire)) {
            JdbcUserStore users = stores(database, pool).users();
            assertThat(users.findById("1")).isPresent();

            wire.hang();
            long start = System.nanoTime();
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> users.findById("1"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            wire.mend();

            assertThat(users.findById("1")).isPresent();
        }
    }

    @Test
    void fails_while_postgresql_is_stopped_and_recovers(@TempDir Path folder) throws Exception {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false);
        EmbeddedPostgres server = builder.start();
        builder.setPort(server.getPort());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setConnectionTimeout(SECOND.toMillis());
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStores stores = JdbcStores.builder(pool).build();
            stores.schema().install();
            stores.users().add(UserRecord.of("1", "ann"), "hash");

            server.close();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> stores.users().findById("1"));
            server = builder.start();

            assertThat(recovered(stores.users())).isPresent();
        } finally {
            server.close();
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void gives_up_waiting_for_a_row(TestDatabase database) throws Exception {
        database.empty("fail_").refreshTokens().start(Samples.family("f", "u"), Samples.refreshToken("a"));
        HikariConfig config = database.config();
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection other = database.pool().getConnection()) {
            JdbcStores stores = stores(database, pool);
            String before = connection(pool);
            other.setAutoCommit(false);
            try (PreparedStatement lock =
                    other.prepareStatement("SELECT id FROM fail_refresh_family WHERE id = 'f' FOR UPDATE")) {
                lock.executeQuery();
            }

            long start = System.nanoTime();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> stores.refreshTokens().revokeFamily("u", "f"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            other.rollback();
            other.setAutoCommit(true);

            // PostgreSQL's driver cannot give up a statement without giving up the connection, so it may be done later.
            boolean revoked = stores.refreshTokens().revokeFamily("u", "f");
            assertThat(stores.refreshTokens().stateOf("f", "a")).isEqualTo(TokenState.REVOKED);
            if (database != TestDatabase.POSTGRESQL) {
                assertThat(revoked).isTrue();
                assertThat(connection(pool)).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void undoes_what_fails_half_way(TestDatabase database) {
        database.drop("undo_");
        JdbcStores stores = database.empty("undo_");
        database.execute("DROP TABLE undo_user_grant");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> stores.users()
                        .add(UserRecord.builder("1", "ann").roles("r").build(), "hash"));

        database.execute("CREATE TABLE undo_user_grant (user_id VARCHAR(9), kind SMALLINT, name VARCHAR(9))");
        assertThat(stores.users().findById("1")).isEmpty();
        database.drop("undo_");
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.SERVERS)
    void says_that_a_connection_is_read_only(TestDatabase database) {
        database.empty("fail_");
        HikariConfig config = database.config();
        config.setReadOnly(true);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStores stores = stores(database, pool);

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> stores.users().add(UserRecord.of("1", "ann"), "hash"))
                    .withMessageContaining("read-only");
            assertThat(stores.users().findById("1")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void works_when_the_pool_does_not_commit_by_itself(TestDatabase database) {
        JdbcStores others = database.empty("fail_");
        HikariConfig config = database.config();
        config.setAutoCommit(false);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcStores stores = JdbcStores.builder(pool)
                    .autoCommit(false)
                    .tablePrefix("fail_")
                    .build();
            stores.schema().install();
            stores.users().add(UserRecord.of("1", "ann"), "hash");
            Samples.add(stores.tokens(), Samples.token("t", "1"));
            stores.refreshTokens().start(Samples.family("f", "1"), Samples.refreshToken("a"));
            stores.refreshTokens().revokeFamily("1", "f");
            stores.revocations().add(List.of(new Revocation(Kind.TOKEN, "t", NOW, NOW.plusSeconds(60))));
        }

        assertThat(others.users().findById("1")).isPresent();
        assertThat(others.tokens().find(Samples.value("t"))).isPresent();
        assertThat(others.refreshTokens().revokeFamily("1", "f")).isFalse();
        assertThat(others.revocations().since(0, 10).entries()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void gives_connections_back_as_they_were(TestDatabase database) throws Exception {
        database.empty("fail_");
        HikariConfig config = database.config();
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection only = pool.getConnection()) {
            // A pool that resets nothing.
            CountingDataSource careless = new CountingDataSource(new LentConnection(only));
            JdbcStores stores = stores(database, careless.source());
            int networkTimeout = only.getNetworkTimeout();

            stores.users().add(UserRecord.of("1", "ann"), "hash");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> stores.users().add(UserRecord.of("1", "ann"), "hash"));

            assertThat(only.getAutoCommit()).isTrue();
            assertThat(only.getNetworkTimeout()).isEqualTo(networkTimeout);
            assertThat(stores.users().findById("1")).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void an_interrupted_request_harms_no_other(TestDatabase database) {
        JdbcUserStore users = database.empty("fail_").users();
        users.add(UserRecord.of("1", "ann"), "hash");

        Thread.currentThread().interrupt();
        try {
            users.findById("1");
        } catch (StoreException e) {
            // Interrupted while it waited for a connection.
        }
        Thread.interrupted();

        assertThat(users.findById("1")).isPresent();
    }

    @ParameterizedTest
    @MethodSource(TestDatabase.AVAILABLE)
    void reveals_no_value_that_a_client_sent(TestDatabase database) {
        JdbcStores stores = JdbcStores.builder(database.pool())
                .dialect(database.dialect())
                .tablePrefix("nowhere_")
                .build();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> stores.users().findByUsername("hunter2"))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> stores.counters().tryAcquire("hunter2", Rate.parse("1/s"), NOW))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
    }

    private static JdbcStores stores(TestDatabase database, DataSource source) {
        return JdbcStores.builder(source)
                .dialect(database.dialect())
                .tablePrefix("fail_")
                .timeout(SECOND)
                .build();
    }

    private static Wire wire(TestDatabase database) {
        URI address = address(database);
        return new Wire(address.getHost(), address.getPort());
    }

    private static HikariDataSource pool(TestDatabase database, Wire wire) {
        String target = address(database).getHost() + ":" + address(database).getPort();
        HikariConfig config = database.config();
        config.setJdbcUrl(config.getJdbcUrl().replace(target, "127.0.0.1:" + wire.port()));
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(SECOND.toMillis());
        return new HikariDataSource(config);
    }

    private static URI address(TestDatabase database) {
        String url = database.config().getJdbcUrl();
        URI address = URI.create(url.substring("jdbc:".length()));
        assertThat(address.getPort()).as("the port in %s", url).isPositive();
        return address;
    }

    /** The pool may have to throw away some dead connections first. */
    private static Optional<?> recovered(JdbcUserStore users) {
        for (int i = 0; ; i++) {
            try {
                return users.findById("1");
            } catch (StoreException e) {
                if (i == 20) {
                    throw e;
                }
            }
        }
    }

    private static String connection(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.unwrap(Connection.class).toString().replaceFirst(".* wrapping ", "");
        }
    }
}
