package io.postern.samples;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;
import static io.postern.auth.throttle.StandardThrottles.user;

import io.postern.InMemoryStores;
import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.jdbc.JdbcStores;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.redis.RedisStores;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.user.UserRecord;
import java.net.URI;
import javax.sql.DataSource;

/** The samples of {@code choose-a-store.md}, {@code run-on-two-servers.md} and {@code write-a-store.md}. */
final class StoreSamples {

    private StoreSamples() {}

    static PosternBuilder memory(String hash) {
        // sample: memory-stores
        InMemoryStores stores = new InMemoryStores();
        stores.users().add(UserRecord.of("1", "ann"), hash);
        // end
        return Postern.builder().stores(stores);
    }

    static JdbcStores database(DataSource pool) {
        // sample: jdbc-stores
        JdbcStores stores = JdbcStores.of(pool);
        stores.schema().install();
        // end
        return stores;
    }

    static JdbcStores withTerms(DataSource pool) {
        // sample: schema-with
        JdbcStores stores = JdbcStores.of(pool);
        stores.schema().with(AcceptedTerms.TABLES).install();
        // end
        return stores;
    }

    static RedisStores redis(String address) {
        // sample: redis-stores
        RedisStores stores = RedisStores.of(RedisStores.connect(URI.create(address)));
        // end
        return stores;
    }

    static PosternBuilder mixed(DataSource pool, String address) {
        JdbcStores jdbc = database(pool);
        RedisStores redis = redis(address);
        // sample: mixed-stores
        PosternBuilder builder = Postern.builder().stores(redis).users(jdbc.users());
        // end
        return builder;
    }

    static Postern onTwoServers(DataSource pool, KeyRing keys) {
        // sample: two-servers
        JdbcStores stores = JdbcStores.of(pool);
        Postern postern = Postern.builder()
                .stores(stores)
                .jwt(keys)
                .refreshTokens(refresh -> refresh.withMode(RotationMode.ROTATE))
                .authenticators(jwt(), token(), session())
                .permissions(isAuthenticated())
                .throttles(user("1000/hour"))
                .build();
        // end
        return postern;
    }

    static void deleteUser(Postern postern, String userId) {
        // sample: delete-user
        postern.deleteUser(userId);
        // end
    }
}
