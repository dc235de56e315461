package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PasswordLoginFloodTest {

    private static final Password RIGHT = Password.of("right");
    private static final Duration A_LONG_TIME = Duration.ofHours(1);
    private static final PasswordLogin.Result SUCCESS =
            new PasswordLogin.Result.Success(new StoredUser(UserRecord.of("1", "ann"), "fake:10:right"));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InMemoryUserStore users = new InMemoryUserStore();
    private final CountDownLatch entered = new CountDownLatch(2);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Slow slow = new Slow(entered, released);

    @BeforeEach
    void add_users() {
        users.add(UserRecord.of("1", "ann"), "fake:10:right");
        for (int i = 0; i < 200; i++) {
            users.add(UserRecord.of("user-" + i, "user-" + i), "fake:10:right");
        }
    }

    @AfterEach
    void stop() {
        released.countDown();
        threads.shutdownNow();
    }

    @Test
    void over_the_limit_a_login_is_told_to_come_back_and_hashes_nothing() throws Exception {
        PasswordLogin login = builder().maxWait(Duration.ZERO).build();
        List<Future<PasswordLogin.Result>> first = occupy(login);
        int before = slow.calls().get();

        assertThat(login.check("ann", RIGHT)).isEqualTo(new PasswordLogin.Result.Busy(Duration.ofSeconds(1)));
        assertThat(login.check("unknown", RIGHT)).isEqualTo(new PasswordLogin.Result.Busy(Duration.ofSeconds(1)));

        assertThat(slow.calls()).hasValue(before);
        released.countDown();
        for (Future<PasswordLogin.Result> result : first) {
            assertThat(result.get()).isInstanceOf(PasswordLogin.Result.Success.class);
        }
        assertThat(login.check("ann", RIGHT)).isEqualTo(SUCCESS);
    }

    @Test
    void never_more_hash_at_a_time_than_are_allowed() throws Exception {
        PasswordLogin login =
                builder().maxWaiting(48).maxWait(Duration.ofSeconds(20)).build();
        List<Future<PasswordLogin.Result>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String username = (i % 2 == 0 ? "user-" : "unknown-") + i;
            results.add(threads.submit(() -> login.check(username, RIGHT)));
        }
        entered.await();
        released.countDown();

        for (Future<PasswordLogin.Result> result : results) {
            assertThat(result.get(20, TimeUnit.SECONDS)).isNotInstanceOf(PasswordLogin.Result.Busy.class);
        }
        assertThat(slow.most()).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void no_more_wait_than_are_allowed_and_the_rest_is_told_at_once(int waiting) throws Exception {
        PasswordLogin login = builder().maxWaiting(waiting).maxWait(A_LONG_TIME).build();

        assertThatOnlySoManyWait(login, waiting);
    }

    @Test
    void four_times_as_many_may_wait_as_may_hash_unless_told_otherwise() throws Exception {
        assertThatOnlySoManyWait(builder().maxWait(A_LONG_TIME).build(), 8);
    }

    @Test
    void no_more_than_64_wait_however_many_may_hash_unless_told_otherwise() throws Exception {
        int hashing = 18; // beside the two that occupy the house

        assertThatOnlySoManyWait(
                builder().concurrentHashes(20).maxWait(A_LONG_TIME).build(), hashing + 64);
    }

    @Test
    void an_interrupted_login_gives_its_place_among_the_waiting_back() throws Exception {
        PasswordLogin login = builder().maxWaiting(1).maxWait(A_LONG_TIME).build();
        Thread.currentThread().interrupt();

        assertThat(login.check("ann", RIGHT)).isInstanceOf(PasswordLogin.Result.Busy.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThatOnlySoManyWait(login, 1);
    }

    @Test
    void any_number_may_wait() {
        PasswordLogin login = builder().maxWaiting(Integer.MAX_VALUE).build();
        released.countDown();

        assertThat(login.check("ann", RIGHT)).isEqualTo(SUCCESS);
    }

    @Test
    void a_longer_wait_is_told_as_it_is() throws Exception {
        PasswordLogin login = builder().maxWait(Duration.ofSeconds(5)).build();
        occupy(login);
        Thread.currentThread().interrupt();

        assertThat(login.check("ann", RIGHT)).isEqualTo(new PasswordLogin.Result.Busy(Duration.ofSeconds(5)));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_interrupt_while_waiting_is_busy_and_stays_set() throws Exception {
        PasswordLogin login = builder().maxWait(Duration.ofSeconds(20)).build();
        occupy(login);
        CountDownLatch started = new CountDownLatch(1);
        List<Thread> waiter = new ArrayList<>();
        Future<Boolean> outcome = threads.submit(() -> {
            waiter.add(Thread.currentThread());
            started.countDown();
            PasswordLogin.Result result = login.check("ann", RIGHT);
            return result instanceof PasswordLogin.Result.Busy
                    && Thread.currentThread().isInterrupted();
        });
        started.await();
        waiter.get(0).interrupt();

        assertThat(outcome.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_hasher_that_throws_gives_its_place_back() {
        PasswordLogin login = PasswordLogin.builder(users)
                .hasher(new Throwing())
                .concurrentHashes(1)
                .maxWait(Duration.ZERO)
                .build();

        for (int i = 0; i < 3; i++) {
            assertThatIllegalStateException().isThrownBy(() -> login.check("ann", RIGHT));
        }
    }

    private PasswordLogin.Builder builder() {
        return PasswordLogin.builder(users).hasher(slow).concurrentHashes(2);
    }

    /** Fills the house and sends a crowd after: who finds no place hears so at once, the others get their turn. */
    private void assertThatOnlySoManyWait(PasswordLogin login, int waiting) throws InterruptedException {
        int tooMany = 30;
        occupy(login);
        BlockingQueue<PasswordLogin.Result> answers = new LinkedBlockingQueue<>();
        List<Thread> crowd = IntStream.range(2, 2 + waiting + tooMany)
                .mapToObj(i -> new Thread(() -> answers.add(login.check("user-" + i, RIGHT))))
                .toList();
        crowd.forEach(Thread::start);

        for (int i = 0; i < tooMany; i++) {
            assertThat(answers.take()).isEqualTo(new PasswordLogin.Result.Busy(A_LONG_TIME));
        }
        crowd.forEach(PasswordLoginFloodTest::awaitAnswerOrQueue);
        released.countDown();
        for (int i = 0; i < waiting; i++) {
            assertThat(answers.take()).isInstanceOf(PasswordLogin.Result.Success.class);
        }
    }

    private static void awaitAnswerOrQueue(Thread caller) {
        Set<Thread.State> settled =
                EnumSet.of(Thread.State.TERMINATED, Thread.State.TIMED_WAITING, Thread.State.WAITING);
        while (!settled.contains(caller.getState()) && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    private List<Future<PasswordLogin.Result>> occupy(PasswordLogin login) throws InterruptedException {
        List<Future<PasswordLogin.Result>> first = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String username = "user-" + i;
            first.add(threads.submit(() -> login.check(username, RIGHT)));
        }
        entered.await();
        return first;
    }

    /** Verifies only once it is let go on, and counts how many verify at a time. */
    private record Slow(
            CountDownLatch entered, CountDownLatch released, AtomicInteger now, AtomicInteger most, AtomicInteger calls)
            implements PasswordHasher {

        Slow(CountDownLatch entered, CountDownLatch released) {
            this(entered, released, new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        }

        @Override
        public String hash(Password password) {
            return "fake:10:" + password.reveal();
        }

        @Override
        public boolean verify(Password password, String stored) {
            calls.incrementAndGet();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            now.decrementAndGet();
            return stored.equals(hash(password));
        }

        @Override
        public boolean recognises(String stored) {
            return stored.startsWith("fake:");
        }

        @Override
        public boolean needsRehash(String stored) {
            return false;
        }
    }

    private record Throwing() implements PasswordHasher {

        @Override
        public String hash(Password password) {
            return "fake";
        }

        @Override
        public boolean verify(Password password, String stored) {
            throw new IllegalStateException("broken");
        }

        @Override
        public boolean recognises(String stored) {
            return true;
        }

        @Override
        public boolean needsRehash(String stored) {
            return false;
        }
    }
}
