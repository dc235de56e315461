package io.postern.conformance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.postern.auth.jdbc.JdbcStores;
import io.postern.auth.jdbc.JdbcUserStore;
import java.util.List;
import java.util.Optional;

/** Everything in a database. */
final class JdbcStorage {

    private JdbcStorage() {}

    /** Opens a database that is there, or starts one if the URL is empty. */
    static Storage open(String url) throws Exception {
        if (!url.isEmpty()) {
            HikariDataSource pool = pool(url);
            return at(pool, List.of(pool));
        }
        PostgresServer server = PostgresServer.start();
        HikariDataSource pool = pool(server.url());
        return at(pool, List.of(pool, server));
    }

    private static Storage at(HikariDataSource pool, List<AutoCloseable> behind) {
        JdbcStores stores = JdbcStores.builder(pool).build();
        stores.schema().install();
        return new Storage(
                accounts(stores.users()),
                stores.tokens(),
                stores.refreshTokens(),
                stores.revocations(),
                Optional.of(stores.sessions()),
                FreshCounters.in(stores.counters()),
                behind);
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(8);
        config.setConnectionTimeout(1_000);
        config.setValidationTimeout(500);
        return new HikariDataSource(config);
    }

    private static Accounts accounts(JdbcUserStore users) {
        return new Accounts(users, users::add, users::update, users::setPasswordHash, users::remove);
    }
}
