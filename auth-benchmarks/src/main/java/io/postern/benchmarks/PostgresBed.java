package io.postern.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.auth.jdbc.JdbcStores;
import io.postern.auth.jdbc.sql.Dialect;
import io.postern.benchmarks.measure.Work;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;

/** A PostgreSQL with tables full of rows, and the pool that both sides use. */
public final class PostgresBed implements AutoCloseable {

    static final int USERS = 10_000;

    private static final long NOW_MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, Application.NOW);

    private final EmbeddedPostgres server;
    private final HikariDataSource pool;
    private final JdbcStores stores;

    private PostgresBed(EmbeddedPostgres server, HikariDataSource pool, JdbcStores stores) {
        this.server = server;
        this.pool = pool;
        this.stores = stores;
    }

    /** Starts a server with users and without tokens. */
    public static PostgresBed start() throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "4GB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        HikariDataSource pool = new HikariDataSource(config);
        JdbcStores stores = JdbcStores.builder(pool).dialect(Dialect.POSTGRESQL).build();
        stores.schema().install();
        PostgresBed bed = new PostgresBed(server, pool, stores);
        bed.run("INSERT INTO postern_user SELECT i::text, 'user' || i, 'x', 's', TRUE, FALSE, FALSE FROM"
                + " generate_series(0, " + (USERS - 1) + ") i");
        return bed;
    }

    HikariDataSource pool() {
        return pool;
    }

    JdbcStores stores() {
        return stores;
    }

    Application application() {
        return Application.of(stores.users(), stores.tokens(), stores.refreshTokens());
    }

    /** Adds the tokens of these numbers, the last one excluded; with an end or for ever. */
    public void addTokens(int from, int to, String expires) throws SQLException {
        run("INSERT INTO postern_token (digest, id, user_id, name, created, expires, last_used) SELECT"
                + " sha256(convert_to(lpad(to_hex(i), 40, '0'), 'UTF8')), lpad(to_hex(i), 32, '0'), (i % " + USERS
                + ")::text, '', " + NOW_MICROS + ", " + expires + ", " + NOW_MICROS + " FROM generate_series(" + from
                + ", " + (to - 1) + ") i");
        run("VACUUM ANALYZE");
        // What was loaded is not to be written while requests are measured.
        run("CHECKPOINT");
    }

    /** Returns requests by its tokens in no order, of those from 0 to that number. */
    public Work requests(int tokens) {
        Application application = application();
        SplittableRandom chance = new SplittableRandom(4);
        return calls -> {
            for (int i = 0; i < calls; i++) {
                application.authenticate(Application.tokenText(chance.nextInt(tokens)));
            }
        };
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        pool.close();
        server.close();
    }
}
