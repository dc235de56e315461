package io.postern.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.auth.StoreException;
import io.postern.auth.memory.InMemoryRevocationStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs each test under a limit: a request that waits where it should not would hang it. */
@Timeout(60)
class RevocationFeedThreadsTest {

    private static final Duration STALE = Duration.ofMillis(40);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String NAME = "postern-revocations";

    private final Time time = new Time();
    private final InMemoryRevocationStore shared = new InMemoryRevocationStore(time);
    private final ProbedStore store = new ProbedStore(shared);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Revocations> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        store.releaseAll();
        nodes.forEach(Revocations::close);
        threads.shutdownNow();
    }

    @Test
    void while_the_store_hangs_no_request_waits_and_memory_is_used() throws Exception {
        Revocations node = warm(builder -> builder.maxStaleness(STALE).maxOutage(DAY));
        node.revokeFamilies(List.of("revoked"));
        store.hangNext().awaitReached();

        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(check(node)).isFalse();
            assertThat(node.isRevoked(new Revocation.Subject("revoked", "t", "u", Time.START)))
                    .isTrue();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(store.asked).hasValue(0);
    }

    @Test
    void when_the_store_hangs_for_longer_than_the_maximum_outage_checks_fail_without_waiting() throws Exception {
        Revocations node =
                warm(builder -> builder.maxStaleness(Duration.ofSeconds(2)).maxOutage(Duration.ofSeconds(2)));
        ProbedStore.Hang hang = store.hangNext();
        hang.awaitReached();
        awaitThat(() -> fails(node));

        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> check(node))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("PT2S");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));

        hang.release();
        awaitThat(() -> !fails(node));
        assertThat(store.asked).hasValue(0);
    }

    @Test
    void while_each_poll_fails_slowly_checks_beyond_the_maximum_outage_do_not_wait() throws Exception {
        Revocations node =
                warm(builder -> builder.maxStaleness(LONG.dividedBy(100)).maxOutage(LONG.dividedBy(100)));
        store.fails = true;
        awaitThat(() -> fails(node));
        ProbedStore.Hang hang = store.hangNext();
        hang.awaitReached();

        long start = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(fails(node)).isTrue();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void the_first_requests_wait_for_the_first_poll() throws Exception {
        node(shared, builder -> builder).revokeFamilies(List.of("f"));
        ProbedStore.Hang hang = store.hangNext();
        Revocations node = node(store, builder -> builder.maxStaleness(LONG).maxOutage(LONG));
        List<Future<Boolean>> checks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            checks.add(threads.submit(() -> check(node)));
        }
        hang.awaitReached();
        assertThat(checks).noneMatch(Future::isDone);

        hang.release();

        for (Future<Boolean> check : checks) {
            assertThat(check.get()).isTrue();
        }
        assertThat(store.polled).hasValue(1);
        assertThat(store.asked).hasValue(0);
    }

    @Test
    void when_the_store_hangs_from_the_start_requests_wait_for_it_once_for_all() {
        store.hangNext();
        Duration patience = Duration.ofMillis(500);
        Revocations node = node(store, builder -> builder.maxStaleness(patience));

        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> check(node))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("revocations have not been read yet");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(patience, patience.multipliedBy(4));
        assertThat(store.asked).hasValue(0);
    }

    @Test
    void while_the_first_poll_reads_page_after_page_requests_query_the_store() throws Exception {
        Revocations there = node(shared, builder -> builder);
        for (int i = 0; i < 3; i++) {
            there.revokeFamilies(IntStream.range(i * 500, i * 500 + 500)
                    .mapToObj(n -> "f" + n)
                    .toList());
        }
        store.delay = Duration.ofMillis(700);
        Revocations node = node(store, builder -> builder.maxStaleness(Duration.ofSeconds(1)));

        assertThat(node.isRevoked(new Revocation.Subject("f1499", "t", "u", Time.START)))
                .isTrue();

        assertThat(store.asked).hasValue(1);
        awaitThat(() -> store.polled.get() > 2);
    }

    @Test
    void an_interrupted_request_does_not_wait_and_stays_interrupted() {
        store.hangNext();
        Revocations node = node(store, builder -> builder.maxStaleness(LONG).maxOutage(LONG));

        long start = System.nanoTime();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> check(node)).isInstanceOf(StoreException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(3));
    }

    @Test
    void what_another_node_revoked_is_rejected_within_the_staleness() throws Exception {
        Duration staleness = Duration.ofSeconds(1);
        Revocations node = warm(builder -> builder.maxStaleness(staleness));
        node(shared, builder -> builder).revokeFamilies(List.of("f"));
        long start = System.nanoTime();

        awaitThat(() -> check(node));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(staleness.multipliedBy(2));
        assertThat(store.asked).hasValue(0);
    }

    @Test
    void one_daemon_thread_polls_with_the_class_loader_of_the_library() {
        Thread.currentThread().setContextClassLoader(new ClassLoader(getClass().getClassLoader()) {});
        Revocations node;
        try {
            node = warm(builder -> builder.maxStaleness(STALE).maxOutage(DAY));
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }

        Thread poller = store.poller;
        assertThat(poller.getName()).isEqualTo(NAME);
        assertThat(poller.isDaemon()).isTrue();
        assertThat(poller.getContextClassLoader()).isSameAs(Revocations.class.getClassLoader());
        awaitThat(() -> {
            check(node);
            return store.polled.get() > 5;
        });
        assertThat(store.pollers).containsExactly(poller);
    }

    @Test
    void no_thread_is_started_before_the_first_check() {
        node(store, builder -> builder).revokeFamilies(List.of("f"));

        assertThat(store.polled).hasValue(0);
    }

    @Test
    void close_ends_the_thread_and_memory_is_used_until_the_maximum_outage() {
        Duration outage = Duration.ofSeconds(1);
        Revocations node = warm(builder -> builder.maxStaleness(STALE).maxOutage(outage));
        Thread poller = store.poller;

        node.close();
        node.close();

        assertThat(poller.isAlive()).isFalse();
        assertThat(check(node)).isFalse();
        awaitThat(() -> fails(node));
        assertThat(store.pollers).containsExactly(poller);
        assertThatThrownBy(() -> check(node)).isInstanceOf(StoreException.class).hasMessageContaining("PT1S");
    }

    @Test
    void what_is_closed_before_the_first_check_starts_no_thread() {
        Revocations node = node(store, builder -> builder);

        node.close();

        assertThatThrownBy(() -> check(node)).isInstanceOf(StoreException.class);
        assertThat(store.polled).hasValue(0);
    }

    @Test
    void close_waits_a_second_at_most_for_a_store_that_hangs() throws Exception {
        Revocations node = warm(builder -> builder.maxStaleness(STALE).maxOutage(DAY));
        ProbedStore.Hang hang = store.hangNext();
        hang.awaitReached();
        Thread poller = store.poller;
        long start = System.nanoTime();

        node.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        hang.release();
        awaitThat(() -> !poller.isAlive());
    }

    @Test
    void the_thread_ends_when_no_request_comes_and_the_next_request_waits_for_a_new_poll() {
        FeedLimits limits = FeedLimits.of(STALE, DAY, 10);
        FeedCopy copy = new FeedCopy(store, limits, time, System::nanoTime);
        PollingThread poller = new PollingThread(copy, limits, Duration.ofMillis(200), System::nanoTime);
        RevocationFeed feed = new RevocationFeed(store, copy, poller, System::nanoTime);
        Revocation.Subject token = new Revocation.Subject("f", "t", "u", Time.START);
        assertThat(feed.isRevoked(token)).isFalse();
        Thread first = store.poller;
        awaitThat(() -> !first.isAlive());
        node(shared, builder -> builder).revokeFamilies(List.of("f"));

        assertThat(feed.isRevoked(token)).isTrue();

        assertThat(store.poller).isNotSameAs(first);
        assertThat(store.asked).hasValue(0);
        feed.close();
    }

    @Test
    void an_error_does_not_end_the_thread() {
        Revocations node = warm(builder -> builder.maxStaleness(STALE).maxOutage(DAY));
        store.breaksWithError = new NoClassDefFoundError("gone");
        int before = store.polled.get();

        awaitThat(() -> store.polled.get() > before + 2);

        assertThat(store.pollers).hasSize(1);
        assertThat(check(node)).isFalse();
    }

    @Test
    void a_revocation_that_found_no_room_during_a_poll_is_seen_all_the_same() throws Exception {
        Revocations node =
                warm(builder -> builder.maxEntries(1).maxStaleness(STALE).maxOutage(DAY));
        ProbedStore.Hang hang = store.hangNextAfterReading();
        hang.awaitReached();
        node.revokeFamilies(List.of("first", "f"));

        assertThat(check(node)).isTrue();
        hang.release();
        int polls = store.polled.get();
        awaitThat(() -> store.polled.get() > polls || store.asked.get() > 100 || !check(node));

        assertThat(check(node)).isTrue();
    }

    @Test
    void under_load_a_revocation_is_effective_at_once_here_and_soon_there() throws Exception {
        Revocations here = warm(builder -> builder.maxStaleness(STALE).maxOutage(DAY));
        Revocations there = warm(builder -> builder.maxStaleness(STALE).maxOutage(DAY));
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Boolean>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Revocations node = i % 2 == 0 ? here : there;
            clients.add(threads.submit((Callable<Boolean>) () -> {
                boolean rejected = false;
                while (!done.get()) {
                    rejected |= node.isRevoked(new Revocation.Subject("living", "living", "living", Time.START));
                }
                return rejected;
            }));
        }

        for (int i = 0; i < 50; i++) {
            Revocation.Subject token = new Revocation.Subject("f" + i, "t", "u", Time.START);
            here.revokeFamilies(List.of("f" + i));
            assertThat(here.isRevoked(token)).as("f" + i).isTrue();
            awaitThat(() -> there.isRevoked(token));
        }
        done.set(true);

        for (Future<Boolean> client : clients) {
            assertThat(client.get()).isFalse();
        }
    }

    private static boolean check(Revocations node) {
        return node.isRevoked(new Revocation.Subject("f", "t", "u", Time.START));
    }

    private static boolean fails(Revocations node) {
        try {
            check(node);
            return false;
        } catch (StoreException e) {
            return true;
        }
    }

    /** Fails in time, since the limit of a test does not end a loop that cannot be interrupted. */
    private static void awaitThat(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
            LockSupport.parkNanos(100_000);
        }
    }

    private Revocations warm(UnaryOperator<Revocations.Builder> settings) {
        Revocations node = node(store, settings);
        check(node);
        return node;
    }

    private Revocations node(RevocationStore of, UnaryOperator<Revocations.Builder> settings) {
        Revocations node = settings.apply(Revocations.builder(of)
                        .maxAccessLifetime(Duration.ofMinutes(5))
                        .clock(time))
                .build();
        nodes.add(node);
        return node;
    }
}
