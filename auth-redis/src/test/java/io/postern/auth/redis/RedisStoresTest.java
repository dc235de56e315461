package io.postern.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.csc.CacheConfig;

class RedisStoresTest {

    @Test
    void refuses_a_prefix_that_would_change_the_slots_or_hide_keys() {
        RedisStores.Builder builder = RedisStores.builder(Servers.single());

        for (String prefix : List.of("{a}", "a}", "a b", "a\n", "\u00fc", "*", "x".repeat(65))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.keyPrefix(prefix))
                    .withMessageContaining("keyPrefix");
        }
        assertThatCode(() -> builder.keyPrefix("").build()).doesNotThrowAnyException();
    }

    @Test
    void refuses_a_client_that_caches() {
        HostAndPort server =
                new HostAndPort(Servers.uri().getHost(), Servers.uri().getPort());
        DefaultJedisClientConfig config =
                DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build();
        try (JedisPooled client = new JedisPooled(
                server, config, CacheConfig.builder().maxSize(10).build())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> RedisStores.builder(client).build())
                    .withMessageContaining("without a cache");
        }
    }

    @Test
    void refuses_what_is_no_server_without_telling_its_password() {
        for (String uri : List.of("http://u:hunter2@h", "redis:u:hunter2", "h:6379", "redis:///0")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RedisStores.connect(URI.create(uri)))
                    .withMessageNotContaining("hunter2");
        }
    }

    @Test
    void bounds_the_pool_of_the_client_that_it_makes() {
        try (JedisPooled client = RedisStores.connect(URI.create("redis://127.0.0.1"))) {
            assertThat(client.getPool().getMaxTotal()).isEqualTo(64);
            assertThat(client.getPool().getMaxWaitDuration()).hasSeconds(1);
        }
    }

    /** Frameworks look at the methods of whatever they are given. */
    @Test
    void misses_no_library_that_the_methods_of_a_client_name() {
        for (Class<?> type : List.of(UnifiedJedis.class, JedisPooled.class, JedisCluster.class)) {
            assertThatCode(type::getMethods).as(type.getName()).doesNotThrowAnyException();
            assertThatCode(type::getDeclaredConstructors).doesNotThrowAnyException();
        }
    }
}
