package io.postern.samples;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.session;
import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.jdbc.JdbcStores;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.redis.RedisStores;
import io.postern.auth.refresh.RotationMode;
import io.postern.auth.throttle.UserThrottle;
import java.net.URI;
import javax.sql.DataSource;

/** The samples of {@code choose-a-store.md} and {@code run-on-two-servers.md}. */
final class StoreSamples {

    private StoreSamples() {}

    static JdbcStores database(DataSource pool) {
        // sample: jdbc-stores
        JdbcStores stores = JdbcStores.builder(pool).tablePrefix("postern_").build();
        stores.schema().install();
        // end
        return stores;
    }

    static RedisStores redis(String address) {
        // sample: redis-stores
        RedisStores stores =
                RedisStores.builder(RedisStores.connect(URI.create(address))).build();
        // end
        return stores;
    }

    static Postern onTwoServers(DataSource pool, KeyRing keys) {
        // sample: two-servers
        JdbcStores stores = JdbcStores.builder(pool).build();
        Postern postern = Postern.builder()
                .users(stores.users())
                .tokens(stores.tokens())
                .sessions(stores.sessions(), session -> session)
                .jwt(keys)
                .refreshTokens(stores.refreshTokens(), refresh -> refresh.withMode(RotationMode.ROTATE))
                .revocations(stores.revocations())
                .authenticators(jwt(), token(), session())
                .permissions(isAuthenticated())
                .throttles(UserThrottle.of("1000/hour", stores.counters()))
                .build();
        // end
        return postern;
    }
}
