package io.postern.conformance;

import io.postern.auth.redis.RedisStores;
import io.postern.auth.user.InMemoryUserStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.JedisPooled;

/** All stores in Redis, except the users, which each server has in memory. */
final class RedisStorage {

    private RedisStorage() {}

    /** Opens a Redis that is there, or starts one if the URL is empty. */
    static Storage open(String url) throws Exception {
        if (!url.isEmpty()) {
            JedisPooled client = RedisStores.connect(URI.create(url));
            return at(client, List.of(client));
        }
        RedisProcess server = RedisProcess.start();
        JedisPooled client = RedisStores.connect(URI.create(server.url()));
        return at(client, List.of(client, server));
    }

    private static Storage at(JedisPooled client, List<AutoCloseable> behind) {
        RedisStores stores = RedisStores.builder(client).build();
        return new Storage(
                Accounts.in(new InMemoryUserStore()),
                stores.tokens(),
                stores.refreshTokens(),
                stores.revocations(),
                Optional.of(stores.sessions()),
                FreshCounters.in(stores.counters()),
                behind);
    }
}
