package io.postern.auth.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.Throttle.Admission;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.throttle.Rate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class InMemoryCounterStoreTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Rate RATE = Rate.parse("1/hour");

    @Test
    void never_holds_more_keys_than_the_bound() {
        InMemoryCounterStore store = new InMemoryCounterStore(100);
        for (int i = 0; i < 1_000; i++) {
            assertThat(admitted(store, "key" + i, i)).isTrue();
            assertThat(store.size()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void parallel_newcomers_do_not_outrun_the_bound() throws Exception {
        InMemoryCounterStore store = new InMemoryCounterStore(1_000);
        int callers = 8;
        List<Callable<Boolean>> floods = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            String own = "caller" + caller + "-";
            floods.add(() -> {
                boolean bounded = true;
                for (int i = 0; i < 20_000; i++) {
                    admitted(store, own + i, i / 10);
                    bounded &= store.size() <= 1_000 + callers;
                }
                return bounded;
            });
        }

        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            for (Future<Boolean> flood : threads.invokeAll(floods)) {
                assertThat(flood.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_clock_that_is_set_back_rejects_for_one_period() {
        InMemoryCounterStore store = new InMemoryCounterStore();
        int day = 86_400;
        assertThat(admitted(store, "a", day)).isTrue();

        assertThat(admitted(store, "a", day - 60)).isFalse();
        assertThat(admitted(store, "a", 0)).isFalse();
        assertThat(admitted(store, "a", 3_599)).isFalse();
        assertThat(admitted(store, "a", 3_600)).isTrue();
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void a_flood_of_new_callers_does_not_drop_one_who_has_reached_the_limit() {
        InMemoryCounterStore store = new InMemoryCounterStore(100);
        Rate two = Rate.parse("2/hour");
        store.tryAcquire("victim", two, START);
        store.tryAcquire("victim", two, START);

        for (int i = 0; i < 10_000; i++) {
            store.tryAcquire("newcomer" + i, two, START.plusSeconds(1));
        }

        assertThat(store.size()).isEqualTo(100);
        assertThat(store.tryAcquire("victim", two, START.plusSeconds(2))).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void a_newcomer_is_counted_even_if_all_others_have_reached_their_limits() {
        InMemoryCounterStore store = new InMemoryCounterStore(10);
        for (int i = 0; i < 100; i++) {
            assertThat(admitted(store, "key" + i, 0)).isTrue();
            assertThat(admitted(store, "key" + i, 0)).isFalse();
        }
        assertThat(store.size()).isEqualTo(10);
    }

    @Test
    void drops_the_key_that_is_the_soonest_to_expire_and_no_other() {
        InMemoryCounterStore store = new InMemoryCounterStore(3);
        admitted(store, "a", 1);
        admitted(store, "b", 0);
        admitted(store, "c", 2);
        admitted(store, "d", 3);

        assertThat(store.size()).isEqualTo(3);
        assertThat(admitted(store, "a", 4)).isFalse();
        assertThat(admitted(store, "c", 4)).isFalse();
        assertThat(admitted(store, "d", 4)).isFalse();
        assertThat(admitted(store, "b", 4)).isTrue();
    }

    @Test
    void drops_one_key_even_if_all_expire_at_the_same_time() {
        InMemoryCounterStore store = new InMemoryCounterStore(10);
        for (int i = 0; i < 11; i++) {
            admitted(store, "key" + i, 0);
        }
        assertThat(store.size()).isEqualTo(10);
    }

    @Test
    void keeps_known_keys_at_the_bound() {
        InMemoryCounterStore store = new InMemoryCounterStore(2);
        admitted(store, "a", 0);
        admitted(store, "b", 0);

        for (int seconds : List.of(1, 61, 122)) {
            assertThat(admitted(store, "a", seconds)).isFalse();
            assertThat(admitted(store, "b", seconds)).isFalse();
        }
    }

    @Test
    void a_bound_of_one_holds_the_latest_key() {
        InMemoryCounterStore store = new InMemoryCounterStore(1);

        assertThat(admitted(store, "a", 0)).isTrue();
        assertThat(admitted(store, "a", 1)).isFalse();
        assertThat(admitted(store, "b", 2)).isTrue();
        assertThat(admitted(store, "b", 3)).isFalse();
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void makes_room_by_what_has_expired() {
        InMemoryCounterStore store = new InMemoryCounterStore(3);
        admitted(store, "a", 0);
        admitted(store, "b", 10);
        admitted(store, "c", 3_595);
        admitted(store, "d", 3_600);

        assertThat(store.size()).isEqualTo(3);
        assertThat(admitted(store, "b", 3_601)).isFalse();
        assertThat(admitted(store, "c", 3_601)).isFalse();
    }

    @Test
    void each_newcomer_makes_it_look_at_two_for_expired_records() {
        InMemoryCounterStore store = new InMemoryCounterStore();
        Rate brief = Rate.parse("1/s");
        for (int i = 0; i < 100; i++) {
            store.tryAcquire("old" + i, brief, START);
        }
        assertThat(store.size()).isEqualTo(100);

        for (int i = 0; i < 50; i++) {
            store.tryAcquire("new" + i, RATE, START.plusSeconds(10));
        }

        assertThat(store.size()).isEqualTo(50);
    }

    @Test
    void keeps_a_key_as_long_as_its_latest_request_counts() {
        InMemoryCounterStore store = new InMemoryCounterStore();
        Rate two = Rate.parse("2/hour");
        store.tryAcquire("a", two, START);
        store.tryAcquire("a", two, START.plusSeconds(1_800));
        store.tryAcquire("b", two, START.plusSeconds(3_700));

        assertThat(store.size()).isEqualTo(2);
        assertThat(store.tryAcquire("a", RATE, START.plusSeconds(3_700))).isInstanceOf(Admission.Refused.class);
    }

    @Test
    void holds_nothing_for_callers_it_never_admits() {
        InMemoryCounterStore store = new InMemoryCounterStore();
        store.tryAcquire("a", Rate.parse("0/hour"), START);

        assertThat(store.size()).isZero();
    }

    @Test
    void refuses_a_bound_that_leaves_no_room() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InMemoryCounterStore(0));
    }

    private static boolean admitted(CounterStore store, String key, long seconds) {
        return store.tryAcquire(key, RATE, START.plusSeconds(seconds)) instanceof Admission.Admitted;
    }
}
