package io.postern.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.auth.StoreException;
import io.postern.auth.memory.InMemoryRevocationStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RevocationFeedTest {

    private static final Duration TICK = Duration.ofNanos(1);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALE = Duration.ofSeconds(1);
    private static final Duration TOLERATED = Duration.ofSeconds(10);

    private final Time time = new Time();
    private final InMemoryRevocationStore shared = new InMemoryRevocationStore(time);
    private final ProbedStore store = new ProbedStore(shared);
    private final Revocations here = node(store, builder -> builder);
    private final Revocations there = node(shared, builder -> builder);

    @Test
    void rejects_within_the_staleness_what_another_node_revoked() {
        warm();
        there.revokeFamilies(List.of("f"));

        time.pass(STALE.plus(TICK));

        assertThat(here.isRevoked(new Revocation.Subject("f", "t", "u", Time.START)))
                .isTrue();
    }

    @Test
    void rejects_at_once_what_this_node_revoked() {
        warm();
        here.revokeFamilies(List.of("f"));
        here.revokeToken("t1", Time.START.plusSeconds(60));

        assertThat(here.isRevoked(new Revocation.Subject("f", "t", "u", Time.START)))
                .isTrue();
        assertThat(here.isRevoked(new Revocation.Subject("", "t1", "u", Time.START)))
                .isTrue();
        assertThat(store.polled).hasValue(1);
    }

    @Test
    void checks_in_memory_without_a_call_of_the_store() {
        warm();
        time.pass(POLL);
        for (int i = 0; i < 100; i++) {
            here.isRevoked(new Revocation.Subject("f", "t" + i, "u", Time.START));
        }
        assertThat(store.polled).hasValue(1);

        time.pass(TICK);
        for (int i = 0; i < 100; i++) {
            here.isRevoked(new Revocation.Subject("f", "t" + i, "u", Time.START));
        }
        assertThat(store.polled).hasValue(2);
        assertThat(store.asked).hasValue(0);
    }

    @Test
    void rejects_from_the_first_check_what_was_revoked_before_the_start() {
        there.revokeFamilies(IntStream.range(0, 2_500).mapToObj(i -> "f" + i).toList());

        assertThat(here.isRevoked(new Revocation.Subject("f0", "t", "u", Time.START)))
                .isTrue();
        assertThat(here.isRevoked(new Revocation.Subject("f2499", "t", "u", Time.START)))
                .isTrue();
        assertThat(here.isRevoked(new Revocation.Subject("f2500", "t", "u", Time.START)))
                .isFalse();
        assertThat(store.asked).hasValue(0);
        assertThat(store.polled).hasValue(3);
    }

    @Test
    void fails_if_the_feed_was_never_read() {
        store.fails = true;

        assertThatThrownBy(this::ask).isInstanceOf(StoreException.class).hasRootCauseMessage("revocations are down");

        store.fails = false;
        time.pass(POLL.plus(TICK));
        assertThatCode(this::ask).doesNotThrowAnyException();
        assertThat(store.asked).hasValue(0);
    }

    @Test
    void uses_memory_while_the_store_fails_until_the_maximum_outage() {
        here.revokeFamilies(List.of("old"));
        warm();
        store.fails = true;

        for (Duration age = POLL; age.compareTo(TOLERATED) <= 0; age = age.plus(POLL)) {
            time.pass(POLL);
            assertThat(here.isRevoked(new Revocation.Subject("old", "t", "u", Time.START)))
                    .isTrue();
            assertThat(here.isRevoked(new Revocation.Subject("other", "t", "u", Time.START)))
                    .isFalse();
        }
        time.pass(TICK);

        assertThatThrownBy(this::ask).isInstanceOf(StoreException.class).hasMessageContaining("PT10S");
        assertThat(store.asked).hasValue(0);
    }

    @Test
    void checks_again_when_the_store_has_recovered() {
        warm();
        store.fails = true;
        time.pass(TOLERATED.plusSeconds(60));
        assertThatThrownBy(this::ask).hasRootCauseMessage("revocations are down");
        store.fails = false;
        there.revokeFamilies(List.of("f"));

        time.pass(POLL.plus(TICK));

        assertThat(here.isRevoked(new Revocation.Subject("f", "t", "u", Time.START)))
                .isTrue();
    }

    @Test
    void calls_a_failing_store_once_per_poll_interval() {
        warm();
        store.fails = true;
        time.pass(STALE.plus(TICK));
        for (int i = 0; i < 100; i++) {
            ask();
        }
        assertThat(store.polled).hasValue(2);

        time.pass(TOLERATED);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(this::ask).isInstanceOf(StoreException.class);
        }
        assertThat(store.polled).hasValue(3);
    }

    @Test
    void treats_any_exception_of_a_store_as_an_outage() {
        warm();
        store.breaksWith = new IllegalStateException("pool closed");
        time.pass(STALE.plus(TICK));
        assertThatCode(this::ask).doesNotThrowAnyException();

        time.pass(TOLERATED);

        assertThatThrownBy(this::ask).isInstanceOf(StoreException.class).hasRootCauseMessage("pool closed");
    }

    @Test
    void does_not_trust_a_feed_whose_cursor_stands_still() {
        RevocationStore broken = new StandingStill(shared);
        Revocations node = node(broken, builder -> builder);

        assertThat(node.isRevoked(new Revocation.Subject("f", "t", "u", Time.START)))
                .isFalse();
        there.revokeFamilies(List.of("f"));

        assertThat(node.isRevoked(new Revocation.Subject("f", "t", "u", Time.START)))
                .isTrue();
    }

    @Test
    void reads_again_from_the_cursor_of_the_last_page_so_that_late_entries_are_seen() {
        LateStore late = new LateStore();
        Revocations node = node(late, builder -> builder);
        late.commit(2, "second");
        assertThat(node.isRevoked(new Revocation.Subject("second", "", "", Time.START)))
                .isTrue();

        late.commit(1, "first");
        time.pass(STALE.plus(TICK));

        assertThat(node.isRevoked(new Revocation.Subject("first", "", "", Time.START)))
                .isTrue();
        assertThat(late.asked).isFalse();
    }

    @Test
    void reads_again_from_the_beginning_when_a_poll_fails_between_two_pages() {
        LateStore late = new LateStore();
        Revocations node = node(late, builder -> builder);
        IntStream.rangeClosed(2, 1_500).forEach(i -> late.commit(i, "f" + i));
        late.failAfterPages = 1;
        assertThat(node.isRevoked(new Revocation.Subject("f1500", "", "", Time.START)))
                .isTrue();

        late.commit(1, "f1");
        late.failAfterPages = Integer.MAX_VALUE;
        late.asked = false;
        time.pass(POLL.plus(TICK));

        assertThat(node.isRevoked(new Revocation.Subject("f1", "", "", Time.START)))
                .isTrue();
        assertThat(node.isRevoked(new Revocation.Subject("f1500", "", "", Time.START)))
                .isTrue();
        assertThat(late.asked).isFalse();
    }

    @Test
    void queries_the_store_for_each_check_when_there_are_more_entries_than_the_limit() {
        Revocations small = node(store, builder -> builder.maxEntries(10));
        there.revokeFamilies(IntStream.range(0, 11).mapToObj(i -> "f" + i).toList());

        for (int i = 0; i < 11; i++) {
            assertThat(small.isRevoked(new Revocation.Subject("f" + i, "t", "u", Time.START)))
                    .isTrue();
        }
        assertThat(small.isRevoked(new Revocation.Subject("f11", "t", "u", Time.START)))
                .isFalse();
        assertThat(store.asked).hasValue(12);
        assertThat(store.polled).hasValue(1);
    }

    @Test
    void does_not_read_the_feed_while_memory_is_full() {
        Revocations small = node(store, builder -> builder.maxEntries(10));
        there.revokeFamilies(IntStream.range(0, 11).mapToObj(i -> "f" + i).toList());
        for (int minute = 0; minute < 60; minute++) {
            small.isRevoked(new Revocation.Subject("f", "t", "u", Time.START));
            time.pass(Duration.ofMinutes(1));
        }

        assertThat(store.polled).hasValue(1);
        assertThat(store.asked).hasValue(60);
    }

    @Test
    void revoking_again_needs_no_room() {
        Revocations small = node(store, builder -> builder.maxEntries(10));
        small.isRevoked(new Revocation.Subject("f", "t", "u", Time.START));
        small.revokeFamilies(IntStream.range(0, 10).mapToObj(i -> "f" + i).toList());
        time.pass(STALE.plus(TICK));

        assertThat(small.isRevoked(new Revocation.Subject("f9", "t", "u", Time.START)))
                .isTrue();
        assertThat(store.asked).hasValue(0);
    }

    @Test
    void queries_the_store_when_own_revocations_find_no_room() {
        Revocations small = node(store, builder -> builder.maxEntries(10));
        small.isRevoked(new Revocation.Subject("f", "t", "u", Time.START));

        small.revokeFamilies(IntStream.range(0, 11).mapToObj(i -> "f" + i).toList());

        assertThat(small.isRevoked(new Revocation.Subject("f10", "t", "u", Time.START)))
                .isTrue();
        assertThat(store.asked).hasValue(1);
    }

    @Test
    void checks_in_memory_again_when_enough_entries_have_expired() {
        Revocations small = node(store, builder -> builder.maxEntries(10));
        there.revokeFamilies(IntStream.range(0, 20).mapToObj(i -> "old" + i).toList());
        small.isRevoked(new Revocation.Subject("f", "t", "u", Time.START));
        time.pass(Duration.ofMinutes(70));
        there.revokeFamilies(List.of("new"));

        assertThat(small.isRevoked(new Revocation.Subject("new", "t", "u", Time.START)))
                .isTrue();
        assertThat(store.asked).hasValue(1);
    }

    @Test
    void stores_no_more_entries_than_the_limit() {
        FeedLimits limits = FeedLimits.of(STALE, TOLERATED, 10);
        FeedCopy copy = new FeedCopy(store, limits, time, time);
        for (int minute = 0; minute < 30; minute++) {
            there.revokeFamilies(List.of("a" + minute, "b" + minute));
            copy.poll();
            copy.learn(shared.since(0, 1_000).entries());
            time.pass(Duration.ofMinutes(1));
        }

        assertThat(copy.size()).isEqualTo(10);
    }

    @Test
    void deletes_entries_an_hour_after_they_expired_and_not_sooner() {
        FeedLimits limits = FeedLimits.of(STALE, TOLERATED, 10);
        FeedCopy copy = new FeedCopy(store, limits, time, time);
        Revocation.Subject token = new Revocation.Subject("f", "t", "u", Time.START);
        there.revokeFamilies(List.of("f"));
        copy.poll();

        time.pass(Duration.ofMinutes(65));
        copy.poll();
        assertThat(copy.matches(token)).isTrue();

        time.pass(Duration.ofMinutes(2));
        copy.poll();
        assertThat(copy.size()).isZero();
    }

    @Test
    void polling_continues_when_the_clock_jumps_back() {
        warm();
        time.jump(Duration.ofDays(-1));
        there.revokeToken("t1", Time.START.plusSeconds(60));

        time.pass(STALE.plus(TICK));

        assertThat(here.isRevoked(new Revocation.Subject("f", "t1", "u", Time.START)))
                .isTrue();
    }

    @Test
    void no_token_is_valid_again_when_the_clock_jumps_ahead_and_back_again() {
        here.revokeFamilies(List.of("f"));
        warm();
        for (int day = 0; day < 2; day++) {
            time.jump(Duration.ofDays(1));
            time.pass(Duration.ofMinutes(2));
            ask();
        }
        time.jump(Duration.ofDays(-2));

        time.pass(STALE.plus(TICK));

        assertThat(here.isRevoked(new Revocation.Subject("f", "t", "u", Time.START)))
                .isTrue();
    }

    @Test
    void no_token_is_valid_again_when_the_clock_creeps_back() {
        here.revokeFamilies(List.of("f"));
        warm();
        time.jump(Duration.ofHours(5));
        time.pass(Duration.ofMinutes(2));
        ask();

        for (int step = 0; step < 6; step++) {
            time.jump(Duration.ofMinutes(-50));
            time.pass(STALE.plus(TICK));
            ask();
        }

        assertThat(here.isRevoked(new Revocation.Subject("f", "t", "u", Time.START)))
                .isTrue();
    }

    @Test
    void finds_the_entry_that_was_skipped_while_the_clock_was_wrong() {
        warm();
        time.jump(Duration.ofDays(1));
        shared.add(List.of(
                new Revocation(Revocation.Kind.FAMILY, "f", Time.START, Time.START.plus(Duration.ofMinutes(5)))));
        time.pass(STALE.plus(TICK));
        ask();
        time.jump(Duration.ofDays(-1));

        time.pass(STALE.plus(TICK));

        assertThat(here.isRevoked(new Revocation.Subject("f", "t", "u", Time.START)))
                .isTrue();
    }

    private void warm() {
        ask();
        assertThat(store.polled).hasValue(1);
    }

    private void ask() {
        assertThat(here.isRevoked(new Revocation.Subject("unrevoked", "t", "u", Time.START)))
                .isFalse();
    }

    private Revocations node(RevocationStore of, UnaryOperator<Revocations.Builder> settings) {
        return settings.apply(Revocations.builder(of)
                        .maxAccessLifetime(Duration.ofMinutes(5))
                        .clock(time)
                        .ticker(time)
                        .poller(copy -> new PromptPoller(copy, POLL)))
                .build();
    }

    /** Claims that there is more, but its cursor stands still. */
    private record StandingStill(RevocationStore store) implements RevocationStore {

        @Override
        public void add(List<Revocation> revocations) {
            store.add(revocations);
        }

        @Override
        public boolean isRevoked(Revocation.Subject token) {
            return store.isRevoked(token);
        }

        @Override
        public Page since(long cursor, int limit) {
            return new Page(List.of(), cursor, true);
        }

        @Override
        public int deleteExpired(Instant before, int limit) {
            return 0;
        }
    }
}
