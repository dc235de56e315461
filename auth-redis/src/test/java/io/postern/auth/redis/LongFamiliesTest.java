package io.postern.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.RefreshTokenStore.TokenState;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.user.Paging;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.resps.Slowlog;
import redis.embedded.RedisServer;

/** What one user who logs in or refreshes in a loop costs, on a server that writes down all commands, those of scripts too. */
class LongFamiliesTest {

    private static final int PORT = Servers.freePort();
    private static final String KEY = "postern:f:{f}";
    private static final Instant LATER = Samples.NOW.plus(Samples.DAY).plus(Duration.ofHours(2));

    /** Those whose cost is that of their arguments, however long the hash is. */
    private static final List<String> BOUNDED =
            List.of("EVALSHA", "HMGET", "HLEN", "HRANDFIELD", "HDEL", "HSET", "PTTL", "PEXPIRE");

    private static RedisServer server;

    private final JedisPooled client = RedisStores.connect(Servers.uriOf(PORT));
    private final TokenFamilyStore store = RedisStores.builder(client).build().refreshTokens();
    private final TokenFamily family = Samples.family("f", "ann");

    @BeforeAll
    static void start() {
        server = Servers.start(PORT, "slowlog-log-slower-than 0", "slowlog-max-len 20000");
    }

    @AfterAll
    static void stop() {
        Servers.stop(server);
    }

    @BeforeEach
    void begin() {
        client.flushDB();
        store.start(family, Samples.refreshToken("t0"));
    }

    @Test
    void a_refresh_looks_at_a_few_tokens_however_many_there_are() {
        // Afterwards the server knows the script.
        refresh(0, 1);
        used("over", 3_000, Samples.NOW.plus(Samples.DAY));

        List<List<String>> commands = commandsOf(() -> refresh(1, 50));

        assertThat(commands).extracting(command -> command.get(0)).isSubsetOf(BOUNDED);
        assertThat(commands)
                .filteredOn(command -> command.get(0).equals("HRANDFIELD"))
                .hasSize(49)
                .allSatisfy(
                        command -> assertThat(Integer.parseInt(command.get(2))).isBetween(1, 20));
    }

    @Test
    void refreshes_forget_what_nobody_can_show_any_more_and_nothing_else() {
        used("over", 1_000, Samples.NOW.plus(Samples.DAY));
        used("leeway", 100, LATER.minus(Duration.ofMinutes(50)));
        used("good", 300, LATER.plus(Samples.DAY));

        refresh(0, 2_000);

        // Chance leaves about one in 4,000.
        assertThat(known("over", 1_000)).isLessThan(20);
        assertThat(known("leeway", 100)).isEqualTo(100);
        assertThat(known("good", 300)).isEqualTo(300);
        assertThat(known("t", 2_000)).isEqualTo(2_000);
        assertThat(rotate("good7", "thief")).isEqualTo(new Rotation.Result.Reused());
        assertThat(rotate("t2000", "t2001")).isEqualTo(new Rotation.Result.Revoked());
    }

    @Test
    void a_list_of_logins_reads_none_of_their_tokens() {
        used("good", 3_000, LATER.plus(Samples.DAY));

        List<List<String>> commands = commandsOf(() ->
                assertThat(store.list("ann", Samples.NOW, Paging.first(10))).containsExactly(family));

        assertThat(commands)
                .filteredOn(command -> command.contains(KEY))
                .extracting(command -> command.get(0))
                .containsExactly("HMGET");
    }

    @Test
    void ends_many_logins_without_a_command_that_names_them_all() {
        IntStream.range(0, 2_500).forEach(i -> store.start(Samples.family("g" + i, "ann"), Samples.refreshToken("a")));

        List<List<String>> commands = commandsOf(
                () -> assertThat(store.revokeAll("ann", Optional.of("g7"))).hasSize(2_500));

        assertThat(commands)
                .filteredOn(command -> command.get(0).startsWith("Z"))
                .extracting(command -> command.get(0))
                .containsExactlyInAnyOrder("ZRANGEBYLEX", "ZRANGEBYLEX", "ZRANGEBYLEX", "ZREM", "ZREM", "ZREM");
        assertThat(store.list("ann", Samples.NOW, Paging.first(10)))
                .extracting(TokenFamily::id)
                .containsExactly("g7");
    }

    private void refresh(int from, int to) {
        IntStream.range(from, to)
                .forEach(i -> assertThat(rotate("t" + i, "t" + (i + 1))).isInstanceOf(Rotation.Result.Rotated.class));
    }

    private Rotation.Result rotate(String presented, String next) {
        TokenRecord from = new TokenRecord(presented, Samples.NOW, LATER.plus(Samples.DAY));
        TokenRecord to = new TokenRecord(next, LATER, LATER.plus(Samples.DAY));
        return store.rotate(new Rotation(family, from, to, LATER, Duration.ZERO, RotationMode.ROTATE, false));
    }

    private void used(String name, int count, Instant expires) {
        Map<String, String> tokens = new HashMap<>();
        String value = Times.micros(expires) + " " + Times.micros(Samples.NOW);
        IntStream.range(0, count).forEach(i -> tokens.put("token:" + name + i, value));
        client.hset(KEY, tokens);
    }

    private long known(String name, int count) {
        return IntStream.range(0, count)
                .filter(i -> store.stateOf("f", name + i) == TokenState.USED)
                .count();
    }

    private static List<List<String>> commandsOf(Runnable operation) {
        try (Jedis observer = new Jedis("127.0.0.1", PORT)) {
            observer.slowlogReset();
            operation.run();
            return observer.slowlogGet(20_000).stream()
                    .map(Slowlog::getArgs)
                    .filter(command -> !command.get(0).equals("SLOWLOG"))
                    .toList();
        }
    }
}
