package io.postern.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.StoreException;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.revocation.Revocation;
import io.postern.auth.session.StoredSession;
import io.postern.auth.throttle.Rate;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Paging;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPooled;
import redis.embedded.RedisServer;

/** A server that is gone, stuck, full, demoted or full of something else: never an answer. */
class FailureTest {

    private static final StoredToken TOKEN = Samples.token("secret-ann");
    private static final StoredSession SESSION = Samples.session("secret-ann");
    private static final OneTimeSecret SECRET = new OneTimeSecret(
            OneTimeSecret.digestOf("secret-o"), "reset", "secret-ann", "", "", Samples.NOW.plus(Samples.DAY), 1_000);
    private static final TokenFamily FAMILY = Samples.family("secret-f", "secret-ann");
    private static final Revocation ENTRY =
            new Revocation(Revocation.Kind.TOKEN, "secret-t", Samples.NOW, Samples.NOW.plus(Samples.DAY));
    private static final Revocation.Subject ACCESS =
            new Revocation.Subject("secret-f", "secret-t", "secret-ann", Samples.NOW);

    @Test
    void fails_when_the_server_does_not_listen() {
        try (JedisPooled client = RedisStores.connect(Servers.uriOf(Servers.freePort()))) {
            RedisStores stores = RedisStores.builder(client).build();

            reads(stores).forEach(FailureTest::assertFails);
            writes(stores).forEach(FailureTest::assertFails);
        }
    }

    @Test
    void gives_a_stuck_server_up_in_time() throws IOException {
        try (ServerSocket stuck = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                JedisPooled client = RedisStores.connect(Servers.uriOf(stuck.getLocalPort()))) {
            RedisStores stores = RedisStores.builder(client).build();
            Instant start = Instant.now();

            assertFails("find", () -> stores.tokens().find(Samples.value(TOKEN)));

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void fails_when_keys_are_of_another_kind() {
        JedisPooled server = Servers.single();
        RedisStores stores = RedisStores.builder(server).build();
        writes(stores).values().forEach(Runnable::run);
        for (String key : server.keys("*")) {
            server.del(key);
            server.lpush(key, "odd");
        }

        reads(stores).entrySet().stream()
                // MGET takes keys of other kinds for none; nothing of ours writes them.
                .filter(read -> !read.getKey().equals("isRevoked"))
                .forEach(read -> assertFails(read.getKey(), read.getValue()));
        writes(stores).entrySet().stream()
                .filter(write -> !write.getKey().startsWith("add"))
                .forEach(write -> assertFails(write.getKey(), write.getValue()));
    }

    @Test
    void fails_when_a_row_is_not_whole() {
        JedisPooled server = Servers.single();
        RedisStores stores = RedisStores.builder(server).build();
        server.hset("postern:t:{" + Samples.value(TOKEN).digest() + "}", "id", "x");
        server.hset("postern:s:{" + Samples.key(SESSION).digest() + "}", Map.of("id", "x", "created", "yesterday"));
        server.set("postern:r:{rev}:t:secret-t", "soon");

        assertFails("find", () -> stores.tokens().find(Samples.value(TOKEN)));
        assertFails("findSession", () -> stores.sessions().find(Samples.key(SESSION)));
        assertFails("isRevoked", () -> stores.revocations().isRevoked(ACCESS));
        stores.revocations().add(List.of(ENTRY));
        assertThat(stores.revocations().isRevoked(ACCESS)).isTrue();
    }

    @Test
    void leaves_damaged_rows_out_of_lists_and_removes_them_with_the_others() {
        JedisPooled server = Servers.single();
        RedisStores stores = RedisStores.builder(server).build();
        List<StoredToken> tokens =
                IntStream.range(0, 3).mapToObj(i -> Samples.token("ann")).toList();
        tokens.forEach(token -> Samples.add(stores, token));
        StoredSession session = Samples.session("ann");
        Samples.add(stores, session);
        stores.refreshTokens().start(Samples.family("f", "ann"), Samples.refreshToken("a"));
        stores.refreshTokens().start(Samples.family("g", "ann"), Samples.refreshToken("a"));
        server.hset("postern:t:{" + Samples.value(tokens.get(1)).digest() + "}", "created", "yesterday");
        server.hset("postern:s:{" + Samples.key(session).digest() + "}", "label", "\\zzzz");
        server.hset("postern:f:{f}", "expires", "soon");
        for (String index : List.of("tu", "su", "fu")) {
            server.zadd("postern:" + index + ":{ann}", 0, "damaged");
        }

        assertThat(stores.tokens().list("ann", Paging.first(10)))
                .containsExactlyInAnyOrder(tokens.get(0), tokens.get(2));
        assertThat(stores.sessions().list("ann", Samples.NOW, Paging.first(10))).isEmpty();
        assertThat(stores.refreshTokens().list("ann", Samples.NOW, Paging.first(10)))
                .extracting(TokenFamily::id)
                .containsExactly("g");
        assertThat(stores.tokens().removeAll("ann")).isEqualTo(3);
        assertThat(stores.sessions().removeAll("ann", Optional.empty())).isEqualTo(1);
        assertThat(stores.refreshTokens().revokeAll("ann", Optional.empty())).containsExactlyInAnyOrder("f", "g");
    }

    @Test
    void fails_when_the_server_has_no_room_and_goes_on_when_it_has() {
        withServer((server, stores) -> {
            writes(stores).values().forEach(Runnable::run);
            server.configSet("maxmemory", "1");
            writes(stores).forEach(FailureTest::assertFailsWithoutRoom);
            reads(stores).values().forEach(Runnable::run);

            server.configSet("maxmemory", "0");
            stores.tokens().touch(Samples.value(TOKEN), Samples.NOW);
        });
    }

    @Test
    void fails_when_the_server_has_become_a_replica() {
        withServer((server, stores) -> {
            writes(stores).values().forEach(Runnable::run);
            server.replicaof("127.0.0.1", 1);
            writes(stores).forEach(FailureTest::assertFails);
            server.replicaofNoOne();
            writes(stores).values().forEach(Runnable::run);
        });
    }

    @Test
    void goes_on_when_the_server_has_lost_the_scripts() {
        withServer((server, stores) -> {
            writes(stores).values().forEach(Runnable::run);
            server.scriptFlush();

            stores.tokens().touch(Samples.value(TOKEN), Samples.NOW.plusSeconds(9));

            assertThat(stores.tokens().find(Samples.value(TOKEN)))
                    .contains(TOKEN.withLastUsed(Samples.NOW.plusSeconds(9)));
        });
    }

    @Test
    void fails_while_the_server_is_down_and_goes_on_when_it_is_back() {
        int port = Servers.freePort();
        RedisServer server = Servers.start(port);
        try (JedisPooled client = RedisStores.connect(Servers.uriOf(port))) {
            RedisStores stores = RedisStores.builder(client).build();
            // So that there are some connections that will be dead.
            IntStream.range(0, 64).parallel().forEach(i -> stores.tokens().find(TokenValue.of("t" + i)));
            stores.tokens().add(Samples.value(TOKEN), TOKEN);
            Servers.stop(server);

            assertFails("find", () -> stores.tokens().find(Samples.value(TOKEN)));
            server = Servers.start(port);

            stores.tokens().find(Samples.value(TOKEN));
            writes(stores).values().forEach(Runnable::run);
            assertThat(stores.tokens().find(Samples.value(TOKEN))).isPresent();
        } finally {
            Servers.stop(server);
        }
    }

    @Test
    void fails_once_for_all_connections_that_a_restart_has_closed() {
        int port = Servers.freePort();
        RedisServer server = Servers.start(port);
        try (JedisPooled client = RedisStores.connect(Servers.uriOf(port))) {
            RedisStores stores = RedisStores.builder(client).build();
            client.getPool().addObjects(20);
            Servers.stop(server);
            server = Servers.start(port);

            assertFails("find", () -> stores.tokens().find(Samples.value(TOKEN)));
            for (int i = 0; i < 20; i++) {
                assertThat(stores.tokens().find(Samples.value(TOKEN))).isEmpty();
            }
        } finally {
            Servers.stop(server);
        }
    }

    /** What makes nothing larger may succeed. */
    private static void assertFailsWithoutRoom(String name, Runnable write) {
        if (!name.equals("revocation")) {
            assertFails(name, write);
        }
    }

    private interface Use {
        void of(Jedis server, RedisStores stores);
    }

    private static void withServer(Use use) {
        int port = Servers.freePort();
        RedisServer server = Servers.start(port);
        try (Jedis admin = new Jedis("127.0.0.1", port);
                JedisPooled client = RedisStores.connect(Servers.uriOf(port))) {
            use.of(admin, RedisStores.builder(client).build());
        } finally {
            Servers.stop(server);
        }
    }

    private static Map<String, Runnable> reads(RedisStores stores) {
        Map<String, Runnable> reads = new LinkedHashMap<>();
        reads.put("find", () -> stores.tokens().find(Samples.value(TOKEN)));
        reads.put("ofUser", () -> stores.tokens().list("secret-ann", Paging.first(10)));
        reads.put("findSession", () -> stores.sessions().find(Samples.key(SESSION)));
        reads.put("sessionsOfUser", () -> stores.sessions().list("secret-ann", Samples.NOW, Paging.first(10)));
        reads.put("stateOf", () -> stores.refreshTokens().stateOf("secret-f", "a"));
        reads.put("families", () -> stores.refreshTokens().list("secret-ann", Samples.NOW, Paging.first(10)));
        reads.put("isRevoked", () -> stores.revocations().isRevoked(ACCESS));
        reads.put("findSecret", () -> stores.oneTimeSecrets().find(SECRET.digest(), SECRET.purpose(), Samples.NOW));
        reads.put("since", () -> stores.revocations().since(0, 10));
        return reads;
    }

    private static Map<String, Runnable> writes(RedisStores stores) {
        Map<String, Runnable> writes = new LinkedHashMap<>();
        writes.put("revocation", () -> stores.revocations().add(List.of(ENTRY)));
        writes.put("count", () -> stores.counters().tryAcquire("secret-k", Rate.parse("99/m"), Samples.NOW));
        writes.put("addToken", () -> Samples.add(stores, TOKEN));
        writes.put("touch", () -> stores.tokens().touch(Samples.value(TOKEN), Samples.NOW));
        writes.put("addSession", () -> Samples.add(stores, SESSION));
        writes.put("touchSession", () -> stores.sessions().touch(Samples.key(SESSION), Samples.NOW, SESSION.expires()));
        writes.put("addFamily", () -> ifAbsent(() -> stores.refreshTokens().start(FAMILY, Samples.refreshToken("a"))));
        writes.put("addSecret", () -> ifAbsent(() -> stores.oneTimeSecrets().add(SECRET, Samples.NOW)));
        writes.put("attempt", () -> stores.oneTimeSecrets().attempt(SECRET.digest(), SECRET.purpose(), Samples.NOW));
        writes.put("rotate", () -> stores.refreshTokens().rotate(Samples.acceptance(FAMILY, "a", "b", Samples.DAY)));
        writes.put("revoke", () -> stores.refreshTokens().revoke(FAMILY, Samples.refreshToken("a")));
        return writes;
    }

    private static void ifAbsent(Runnable add) {
        try {
            add.run();
        } catch (IllegalStateException there) {
            assertThat(there).hasMessageContaining("exists");
        }
    }

    private static void assertFails(String name, Runnable operation) {
        assertThatExceptionOfType(StoreException.class)
                .as(name)
                .isThrownBy(operation::run)
                .satisfies(failure -> {
                    assertThat(failure).hasCauseInstanceOf(RuntimeException.class);
                    for (Throwable at = failure; at != null; at = at.getCause()) {
                        assertThat(String.valueOf(at.getMessage()))
                                .doesNotContain("secret-", Samples.value(TOKEN).digest());
                    }
                });
    }
}
