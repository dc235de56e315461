package io.postern.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.revocation.Revocation;
import io.postern.auth.revocation.Revocation.Kind;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InMemoryRevocationStoreTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.700Z");

    private final SettableClock time = SettableClock.at(START);
    private final InMemoryRevocationStore store = new InMemoryRevocationStore(time);

    @Test
    void tells_each_entry_once_and_then_no_more() {
        store.add(List.of(token("a", 60), token("b", 60), token("c", 60)));

        RevocationStore.Page first = store.since(0, 2);
        RevocationStore.Page second = store.since(first.cursor(), 2);
        RevocationStore.Page third = store.since(second.cursor(), 2);

        assertThat(first.entries()).extracting(Revocation::key).containsExactly("a", "b");
        assertThat(first.more()).isTrue();
        assertThat(second.entries()).extracting(Revocation::key).containsExactly("c");
        assertThat(second.more()).isFalse();
        assertThat(third).isEqualTo(new RevocationStore.Page(List.of(), second.cursor(), false));
    }

    @Test
    void keeps_one_entry_for_a_key_that_is_revoked_again_and_tells_it_anew() {
        store.add(List.of(token("a", 60), token("b", 60)));
        long cursor = store.since(0, 10).cursor();

        for (int i = 0; i < 100; i++) {
            store.add(List.of(token("a", 30)));
        }

        assertThat(store.size()).isEqualTo(2);
        assertThat(store.since(cursor, 10).entries()).containsExactly(token("a", 60));
        assertThat(store.since(0, 10).entries()).containsExactly(token("b", 60), token("a", 60));
    }

    @Test
    void does_not_grow_for_ever() {
        for (int round = 0; round < 100; round++) {
            int start = round * 500;
            store.add(tokens(start, start + 500));
            time.advance(Duration.ofMinutes(30));
        }

        assertThat(store.size()).isLessThan(3_000);
        assertThat(store.isRevoked(new Revocation.Subject("", "t49999", "", Instant.EPOCH)))
                .isTrue();
        assertThat(store.isRevoked(new Revocation.Subject("", "t0", "", Instant.EPOCH)))
                .isFalse();
    }

    @Test
    void drops_nothing_until_an_hour_after_it_expired() {
        store.add(tokens(0, 5_000));
        time.advance(Duration.ofMinutes(61));
        store.add(tokens(5_000, 10_000));
        assertThat(store.size()).isEqualTo(10_000);

        time.advance(Duration.ofMillis(1));
        store.add(tokens(10_000, 20_000));
        assertThat(store.size()).isEqualTo(15_000);
    }

    private List<Revocation> tokens(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> token("t" + i, 60)).toList();
    }

    private Revocation token(String id, long seconds) {
        return new Revocation(Kind.TOKEN, id, START, time.instant().plusSeconds(seconds));
    }
}
