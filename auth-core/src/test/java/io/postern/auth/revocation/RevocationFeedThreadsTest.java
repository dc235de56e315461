package io.postern.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.auth.StoreException;
import io.postern.auth.memory.InMemoryRevocationStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs each test under a limit: a request that waits where it should not would hang it. */
@Timeout(60)
class RevocationFeedThreadsTest {

    private static final Duration TICK = Duration.ofNanos(1);
    private static final Duration STALE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Time time = new Time();
    private final InMemoryRevocationStore shared = new InMemoryRevocationStore(time);
    private final ProbedStore store = new ProbedStore(shared);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void nobody_but_the_one_who_polls_waits_while_knowledge_is_fresh() throws Exception {
        Revocations node = warm(builder -> builder.maxStaleness(STALE).maxOutage(STALE));
        time.pass(STALE);
        ProbedStore.Hang hang = store.hangNext();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();

        assertThat(ask(node)).isFalse();
        assertThat(poller).isNotDone();

        hang.release();
        assertThat(poller.get()).isFalse();
    }

    @Test
    void nobody_joins_a_poll_that_hangs_until_the_next_is_due() throws Exception {
        Duration interval = STALE.dividedBy(2);
        Duration staleness = STALE.plus(TICK);
        Revocations node = warm(builder -> builder.maxStaleness(staleness).maxOutage(staleness));
        time.pass(interval.plus(TICK));
        ProbedStore.Hang hang = store.hangNext();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();
        time.pass(interval);

        assertThat(ask(node)).isFalse();
        assertThat(poller).isNotDone();
        assertThat(store.polled).hasValue(2);

        hang.release();
        assertThat(poller.get()).isFalse();
    }

    @Test
    void those_who_know_nothing_fresh_wait_for_the_poll_under_way() throws Exception {
        Revocations node = warm(builder -> builder.maxStaleness(STALE).maxOutage(STALE));
        time.pass(STALE.plus(TICK));
        ProbedStore.Hang hang = store.hangNext();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();
        node(shared, builder -> builder).revokeFamilies(List.of("f"));

        List<FutureTask<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FutureTask<Boolean> answer = new FutureTask<>(() -> ask(node));
            Thread waiter = new Thread(answer);
            waiter.start();
            answers.add(answer);
            awaitWaiting(waiter);
        }
        assertThat(answers).noneMatch(FutureTask::isDone);
        time.pass(Duration.ofSeconds(1));
        hang.release();

        assertThat(poller.get()).isTrue();
        for (FutureTask<Boolean> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(store.polled).hasValue(2);
        assertThat(store.asked).hasValue(0);
    }

    @Test
    void a_poll_that_hangs_is_waited_for_no_longer_than_the_staleness() throws Exception {
        Revocations node = warm(builder -> builder.maxStaleness(SHORT));
        time.pass(SHORT.plus(TICK));
        ProbedStore.Hang hang = store.hangNext();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();

        assertThat(ask(node)).isFalse();
        time.pass(Duration.ofSeconds(10));
        assertThatThrownBy(() -> ask(node)).isInstanceOf(StoreException.class);

        hang.release();
        assertThat(poller.get()).isFalse();
        assertThat(ask(node)).isFalse();
    }

    @Test
    void those_who_come_late_to_a_poll_that_hangs_do_not_wait() throws Exception {
        Duration hour = Duration.ofHours(1);
        Revocations node = warm(builder -> builder.maxStaleness(hour).maxOutage(hour.multipliedBy(3)));
        time.pass(hour.plus(TICK));
        ProbedStore.Hang hang = store.hangNext();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();
        time.pass(hour);

        assertThat(ask(node)).isFalse();

        hang.release();
        assertThat(poller.get()).isFalse();
    }

    @Test
    void knowledge_is_as_old_as_the_beginning_of_the_poll_that_brought_it() throws Exception {
        Revocations node = warm(builder -> builder);
        time.pass(Duration.ofSeconds(2));
        ProbedStore.Hang hang = store.hangNext();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();
        time.pass(Duration.ofMillis(501));
        hang.release();
        assertThat(poller.get()).isFalse();

        ask(node);

        assertThat(store.polled).hasValue(3);
    }

    @Test
    void a_poll_that_took_longer_than_is_tolerated_is_good_for_the_one_who_made_it() throws Exception {
        Revocations node = warm(builder -> builder);
        time.pass(Duration.ofSeconds(2));
        ProbedStore.Hang hang = store.hangNext();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();
        node(shared, builder -> builder).revokeFamilies(List.of("f"));
        time.pass(Duration.ofSeconds(20));
        hang.release();

        assertThat(poller.get()).isTrue();
    }

    @Test
    void one_who_polled_in_vain_for_longer_than_is_tolerated_gets_no_answer() throws Exception {
        Revocations node = warm(builder -> builder);
        time.pass(Duration.ofSeconds(1));
        ProbedStore.Hang hang = store.hangNext();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();
        store.fails = true;
        time.pass(Duration.ofSeconds(10));
        hang.release();

        assertThatThrownBy(poller::get).hasCauseInstanceOf(StoreException.class);
    }

    @Test
    void an_interrupted_request_does_not_wait_and_stays_interrupted() throws Exception {
        Revocations node = warm(builder -> builder.maxStaleness(STALE).maxOutage(STALE));
        time.pass(STALE.plus(TICK));
        ProbedStore.Hang hang = store.hangNext();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> ask(node)).isInstanceOf(StoreException.class);
        assertThat(Thread.interrupted()).isTrue();

        hang.release();
        assertThat(poller.get()).isFalse();
    }

    @Test
    void those_who_come_while_the_feed_is_read_for_the_first_time_ask_the_store() throws Exception {
        Revocations node = node(store, builder -> builder);
        ProbedStore.Hang hang = store.hangNext();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();

        assertThat(ask(node)).isFalse();
        assertThat(store.asked).hasValue(1);

        hang.release();
        assertThat(poller.get()).isFalse();
        assertThat(store.asked).hasValue(1);
    }

    @Test
    void a_revocation_that_found_no_room_during_a_poll_is_seen_all_the_same() throws Exception {
        Revocations node = warm(builder -> builder.maxEntries(1));
        time.pass(Duration.ofMillis(600));
        ProbedStore.Hang hang = store.hangNextAfterReading();
        Future<Boolean> poller = threads.submit(() -> ask(node));
        hang.awaitReached();
        node.revokeFamilies(List.of("first", "f"));

        assertThat(ask(node)).isTrue();
        hang.release();

        assertThat(poller.get()).isTrue();
    }

    @Test
    void under_fire_a_revocation_is_refused_at_once_here_and_after_the_staleness_there() throws Exception {
        Revocations here = warm(builder -> builder);
        Revocations there = warm(builder -> builder);
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Boolean>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Revocations node = i % 2 == 0 ? here : there;
            clients.add(threads.submit(() -> {
                boolean refused = false;
                while (!done.get()) {
                    refused |= node.isRevoked(new Revocation.Subject("living", "living", "living", Time.START));
                }
                return refused;
            }));
        }

        for (int i = 0; i < 2_000; i++) {
            String family = "f" + i;
            here.revokeFamilies(List.of(family));
            assertThat(here.isRevoked(new Revocation.Subject(family, "t", "u", Time.START)))
                    .as(family)
                    .isTrue();
            time.pass(Duration.ofSeconds(1).plus(TICK));
            assertThat(there.isRevoked(new Revocation.Subject(family, "t", "u", Time.START)))
                    .as(family)
                    .isTrue();
        }
        done.set(true);

        for (Future<Boolean> client : clients) {
            assertThat(client.get()).isFalse();
        }
        for (int i = 0; i < 2_000; i++) {
            assertThat(there.isRevoked(new Revocation.Subject("f" + i, "t", "u", Time.START)))
                    .as("f" + i)
                    .isTrue();
        }
    }

    private static boolean ask(Revocations node) {
        return node.isRevoked(new Revocation.Subject("f", "t", "u", Time.START));
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(thread.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }

    private Revocations warm(UnaryOperator<Revocations.Builder> settings) {
        Revocations node = node(store, settings);
        ask(node);
        return node;
    }

    private Revocations node(RevocationStore of, UnaryOperator<Revocations.Builder> settings) {
        return settings.apply(Revocations.builder(of)
                        .maxAccessLifetime(Duration.ofMinutes(5))
                        .clock(time)
                        .ticker(time))
                .build();
    }
}
