package io.postern.auth.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.RevocationStore;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.JedisPooled;

/** What the feed does that the contract leaves open. */
class FeedTest {

    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");

    private final JedisPooled server = Servers.single();
    private final RevocationStore store = RedisStores.builder(server).build().revocations();

    @Test
    void goes_on_after_everything_was_lost() {
        store.add(entries(5, Samples.NOW));
        long cursor = store.since(0, 2).cursor();
        long end = store.since(cursor, 10).cursor();
        server.flushDB();

        store.add(List.of(entry("new", Samples.NOW)));

        assertThat(store.since(Math.max(cursor, end), 10).entries())
                .extracting(Revocation::key)
                .containsExactly("new");
    }

    @Test
    void rises_above_positions_that_lie_ahead_of_the_server() {
        long ahead = Samples.NOW.plusSeconds(3_600).getEpochSecond() * 1_000_000;
        store.add(entries(1, Samples.NOW));
        server.set("postern:r:{rev}:last", Long.toString(ahead));

        store.add(List.of(entry("new", Samples.NOW)));

        assertThat(lastPosition()).isEqualTo(ahead + 1.0);
    }

    @Test
    void returns_what_a_server_with_a_slower_clock_adds_after_it_took_over() {
        store.add(entries(3, Samples.NOW));
        long cursor = store.since(0, 10).cursor();
        double behind = cursor + 1.0;
        assertThat(behind).isLessThan(lastPosition());

        server.zadd("postern:r:{rev}:feed", behind, "tlate\t0\t1");

        assertThat(store.since(cursor, 10).entries())
                .extracting(Revocation::key)
                .contains("late");
    }

    @Test
    void returns_a_key_once_however_often_it_is_revoked() {
        for (int i = 0; i < 20; i++) {
            store.add(List.of(entry("again", Samples.NOW.plusSeconds(i)), entry("other" + i, Samples.NOW)));
        }

        assertThat(store.since(0, 100).entries()).hasSize(21);
    }

    @Test
    void merges_entries_of_one_call() {
        store.add(List.of(
                new Revocation(Revocation.Kind.TOKEN, "t", Samples.NOW, Samples.NOW.plusSeconds(60)),
                new Revocation(Revocation.Kind.TOKEN, "t", Samples.NOW.minusSeconds(9), Samples.NOW.plusSeconds(90))));

        assertThat(store.since(0, 10).entries())
                .containsExactly(new Revocation(Revocation.Kind.TOKEN, "t", Samples.NOW, Samples.NOW.plusSeconds(90)));
    }

    @Test
    void does_not_grow_without_limit_when_expired_entries_are_not_deleted() {
        for (int i = 0; i < 20; i++) {
            store.add(entries(10, LONG_AGO));
        }
        store.add(IntStream.range(0, 100)
                .mapToObj(i -> entry("old" + i, LONG_AGO))
                .toList());
        for (int i = 0; i < 10; i++) {
            store.add(List.of(entry("new" + i, Samples.NOW)));
        }

        assertThat(store.since(0, 1_000).entries())
                .extracting(Revocation::key)
                .hasSize(10)
                .contains("new0", "new9");
        assertThat(server.zcard("postern:r:{rev}:ends")).isEqualTo(10);
    }

    @Test
    void keeps_what_a_caller_with_a_fast_clock_thinks_over() {
        store.add(List.of(entry("live", Samples.NOW)));

        store.add(List.of(entry("odd", Samples.NOW.plus(Samples.DAY.multipliedBy(365)))));

        assertThat(store.since(0, 10).entries()).hasSize(2);
    }

    @Test
    void deletes_no_revocation_that_was_prolonged_meanwhile() {
        store.add(List.of(new Revocation(Revocation.Kind.TOKEN, "t", Samples.NOW, Samples.NOW.plusSeconds(60))));
        String old = server.zrange("postern:r:{rev}:feed", 0, -1).get(0);
        store.add(List.of(new Revocation(Revocation.Kind.TOKEN, "t", Samples.NOW, Samples.NOW.plusSeconds(7_200))));
        // As if the deletion had read the old entry just before.
        server.zadd("postern:r:{rev}:ends", 1, old);

        assertThat(store.deleteExpired(Samples.NOW.plusSeconds(3_600), 10)).isEqualTo(1);

        assertThat(store.isRevoked(new Revocation.Subject("", "t", "", Samples.NOW)))
                .isTrue();
    }

    @Test
    void a_damaged_entry_does_not_hide_others_and_is_deleted_when_it_has_expired() {
        store.add(entries(3, Samples.NOW));
        long cursor = store.since(0, 1).cursor();
        double position = cursor + 0.5;
        server.zadd("postern:r:{rev}:feed", position, "damaged");
        server.zadd("postern:r:{rev}:ends", 1, "damaged");

        assertThat(store.since(0, 10).entries()).extracting(Revocation::key).containsExactly("t0", "t1", "t2");
        assertThat(store.deleteExpired(Samples.NOW.plus(Samples.DAY).plusSeconds(1), 10))
                .isEqualTo(4);
        assertThat(server.zcard("postern:r:{rev}:feed")).isZero();
    }

    @Test
    void adds_and_deletes_thousands_at_once() {
        store.add(entries(5_000, Samples.NOW));

        assertThat(store.deleteExpired(Samples.NOW.plus(Samples.DAY).plusSeconds(1), 4_500))
                .isEqualTo(4_500);
        assertThat(store.deleteExpired(Samples.NOW.plus(Samples.DAY).plusSeconds(1), 4_500))
                .isEqualTo(500);
    }

    private double lastPosition() {
        String feed = "postern:r:{rev}:feed";
        return server.zscore(feed, server.zrange(feed, -1, -1).get(0));
    }

    private static List<Revocation> entries(int count, Instant now) {
        return IntStream.range(0, count).mapToObj(i -> entry("t" + i, now)).toList();
    }

    private static Revocation entry(String key, Instant now) {
        return new Revocation(Revocation.Kind.TOKEN, key, now, now.plus(Samples.DAY));
    }
}
