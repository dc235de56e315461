package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.Throttle.Admission;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CounterStore} has to do.
 *
 * <p>All tests use keys of their own, so they may share a store that is full of other things.
 *
 * <pre>{@code
 * class MyCounterStoreTest implements CounterStoreContract {
 *     public CounterStore counterStore() { return new MyCounterStore(); }
 * }
 * }</pre>
 */
public interface CounterStoreContract {

    /**
     * Returns the store under test.
     *
     * @return a store, fresh or shared
     */
    CounterStore counterStore();

    /** Admits as many requests as the limit says, then refuses. */
    @Test
    default void admits_up_to_the_limit_and_then_refuses() {
        Caller caller = new Caller(counterStore());
        Rate rate = Rate.parse("3/min");

        assertThat(caller.admittedOf(5, rate)).isEqualTo(3);
    }

    /** Rejects all requests under a limit of zero, and returns the whole period as the wait. */
    @Test
    default void always_refuses_under_a_limit_of_zero() {
        Caller caller = new Caller(counterStore());

        assertThat(caller.ask(Rate.parse("0/m"), 0)).isEqualTo(refused(Duration.ofMinutes(1)));
    }

    /** Counts each key by itself. */
    @Test
    default void keeps_keys_apart() {
        CounterStore store = counterStore();
        Rate rate = Rate.parse("1/min");

        assertThat(new Caller(store).ask(rate, 0)).isEqualTo(new Admission.Admitted());
        assertThat(new Caller(store).ask(rate, 0)).isEqualTo(new Admission.Admitted());
    }

    /** Stops counting a request exactly one period later, not sooner. */
    @Test
    default void forgets_a_request_when_exactly_one_period_has_passed() {
        Caller caller = new Caller(counterStore());
        Rate rate = Rate.parse("1/min");
        caller.ask(rate, 0);

        assertThat(caller.ask(rate, 59_999)).isEqualTo(refused(Duration.ofMillis(1)));
        assertThat(caller.ask(rate, 60_000)).isEqualTo(new Admission.Admitted());
    }

    /** Slides: requests are forgotten one by one, not all at once. */
    @Test
    default void forgets_requests_one_by_one() {
        Caller caller = new Caller(counterStore());
        Rate rate = Rate.parse("2/min");
        caller.ask(rate, 0);
        caller.ask(rate, 30_000);

        assertThat(caller.ask(rate, 60_000)).isEqualTo(new Admission.Admitted());
        assertThat(caller.ask(rate, 60_000)).isEqualTo(refused(Duration.ofSeconds(30)));
    }

    /** Does not record what it refuses, so asking in vain does not prolong the wait. */
    @Test
    default void does_not_record_refused_requests() {
        Caller caller = new Caller(counterStore());
        Rate rate = Rate.parse("1/min");
        caller.ask(rate, 0);
        caller.ask(rate, 20_000);
        caller.ask(rate, 40_000);

        assertThat(caller.ask(rate, 60_000)).isEqualTo(new Admission.Admitted());
    }

    /** Returns the wait until the oldest request no longer counts. */
    @Test
    default void tells_to_wait_until_the_oldest_request_is_forgotten() {
        Caller caller = new Caller(counterStore());
        Rate rate = Rate.parse("2/min");
        caller.ask(rate, 0);
        caller.ask(rate, 10_000);

        assertThat(caller.ask(rate, 15_000)).isEqualTo(refused(Duration.ofSeconds(45)));
    }

    /** Returns no wait when there are more requests on record than a lowered limit allows. */
    @Test
    default void tells_no_time_after_the_limit_was_lowered() {
        Caller caller = new Caller(counterStore());
        caller.admittedOf(3, Rate.parse("3/min"));

        assertThat(caller.ask(Rate.parse("2/min"), 0)).isEqualTo(new Admission.Refused(Optional.empty()));
    }

    /** Drops the requests that came in late together with those of their time. */
    @Test
    default void counts_requests_that_arrive_out_of_order() {
        Caller caller = new Caller(counterStore());
        Rate rate = Rate.parse("2/min");
        caller.ask(rate, 10_000);
        caller.ask(rate, 0);

        assertThat(caller.ask(rate, 59_000)).isEqualTo(refused(Duration.ofSeconds(1)));
        assertThat(caller.ask(rate, 60_000)).isEqualTo(new Admission.Admitted());
        assertThat(caller.ask(rate, 69_000)).isEqualTo(refused(Duration.ofSeconds(1)));
    }

    /** Counts requests that a clock recorded before it was set back as those of the present: the limit is not doubled. */
    @Test
    default void does_not_allow_the_limit_twice_when_the_clock_is_set_back() {
        Caller caller = new Caller(counterStore());
        Rate rate = Rate.parse("3/min");
        caller.ask(rate, 86_400_000);
        caller.ask(rate, 86_400_000);

        assertThat(caller.ask(rate, 0)).isEqualTo(new Admission.Admitted());
        assertThat(caller.ask(rate, 0)).isEqualTo(refused(Duration.ofMinutes(1)));
    }

    /** Rejects a caller for one period at most after the clock was set back, even if the caller retries meanwhile. */
    @Test
    default void does_not_lock_out_for_more_than_a_period_when_the_clock_is_set_back() {
        Caller caller = new Caller(counterStore());
        Rate rate = Rate.parse("1/min");
        caller.ask(rate, 86_400_000);

        assertThat(caller.ask(rate, 0)).isEqualTo(refused(Duration.ofMinutes(1)));
        assertThat(caller.ask(rate, 30_000)).isEqualTo(refused(Duration.ofSeconds(30)));
        assertThat(caller.ask(rate, 59_999)).isEqualTo(refused(Duration.ofMillis(1)));
        assertThat(caller.ask(rate, 60_000)).isEqualTo(new Admission.Admitted());
    }

    /** Keeps long records: nothing is lost while hundreds of requests are on record. */
    @Test
    default void holds_a_long_record() {
        Caller caller = new Caller(counterStore());

        assertThat(caller.admittedOf(301, Rate.parse("300/hour"))).isEqualTo(300);
    }

    /**
     * Admits exactly the limit of many parallel callers, round after round.
     *
     * @throws Exception if a caller fails
     */
    @Test
    default void admits_exactly_the_limit_of_200_parallel_callers() throws Exception {
        CounterStore store = counterStore();
        Rate rate = Rate.parse("100/day");
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 10; round++) {
                Caller caller = new Caller(store);
                Callable<Admission> call = () -> caller.ask(rate, 0);
                assertThat(admitted(threads.invokeAll(Collections.nCopies(200, call))))
                        .as("admitted in round %d", round)
                        .isEqualTo(100);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int admitted(List<Future<Admission>> answers) throws Exception {
        int admitted = 0;
        for (Future<Admission> answer : answers) {
            admitted += answer.get() instanceof Admission.Admitted ? 1 : 0;
        }
        return admitted;
    }

    private static Admission refused(Duration wait) {
        return new Admission.Refused(Optional.of(wait));
    }

    /**
     * A caller with a unique key.
     *
     * @param store the store under test
     * @param key the key
     * @param start when the caller's time begins
     */
    record Caller(CounterStore store, String key, Instant start) {

        /**
         * Creates one.
         *
         * @param store the store under test
         */
        public Caller(CounterStore store) {
            // Near the real time, for stores that let keys expire by their own clock.
            this(store, "contract_" + UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        }

        /**
         * Asks once.
         *
         * @param rate the limit
         * @param millis the time since the start
         * @return the answer
         */
        public Admission ask(Rate rate, long millis) {
            return store.tryAcquire(key, rate, start.plusMillis(millis));
        }

        /**
         * Asks several times at the start.
         *
         * @param requests how often
         * @param rate the limit
         * @return how many were admitted
         */
        public long admittedOf(int requests, Rate rate) {
            return IntStream.range(0, requests)
                    .mapToObj(i -> ask(rate, 0))
                    .filter(Admission.Admitted.class::isInstance)
                    .count();
        }
    }
}
