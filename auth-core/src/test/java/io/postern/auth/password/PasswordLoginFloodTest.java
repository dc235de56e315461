package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PasswordLoginFloodTest {

    private static final Password RIGHT = Password.of("right");
    private static final LoginResult SUCCESS =
            new LoginResult.Success(new StoredUser(UserRecord.of("1", "ann"), "fake:10:right"));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InMemoryUserStore users = new InMemoryUserStore();
    private final CountDownLatch entered = new CountDownLatch(2);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Slow slow = new Slow(entered, released);

    @BeforeEach
    void add_ann() {
        users.add(UserRecord.of("1", "ann"), "fake:10:right");
    }

    @AfterEach
    void stop() {
        released.countDown();
        threads.shutdownNow();
    }

    @Test
    void over_the_limit_a_login_is_told_to_come_back_and_hashes_nothing() throws Exception {
        PasswordLogin login = builder().maxWait(Duration.ZERO).build();
        List<Future<LoginResult>> first = occupy(login);
        int before = slow.calls().get();

        assertThat(login.check("ann", RIGHT)).isEqualTo(new LoginResult.Busy(Duration.ofSeconds(1)));
        assertThat(login.check("nobody", RIGHT)).isEqualTo(new LoginResult.Busy(Duration.ofSeconds(1)));

        assertThat(slow.calls()).hasValue(before);
        released.countDown();
        for (Future<LoginResult> result : first) {
            assertThat(result.get()).isEqualTo(SUCCESS);
        }
        assertThat(login.check("ann", RIGHT)).isEqualTo(SUCCESS);
    }

    @Test
    void never_more_hash_at_a_time_than_are_allowed() throws Exception {
        PasswordLogin login = builder().maxWait(Duration.ofSeconds(20)).build();
        List<Future<LoginResult>> results = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String username = i % 2 == 0 ? "ann" : "nobody";
            results.add(threads.submit(() -> login.check(username, RIGHT)));
        }
        entered.await();
        released.countDown();

        for (Future<LoginResult> result : results) {
            assertThat(result.get(20, TimeUnit.SECONDS)).isNotInstanceOf(LoginResult.Busy.class);
        }
        assertThat(slow.most()).hasValue(2);
    }

    @Test
    void a_longer_wait_is_told_as_it_is() throws Exception {
        PasswordLogin login = builder().maxWait(Duration.ofSeconds(5)).build();
        occupy(login);
        Thread.currentThread().interrupt();

        assertThat(login.check("ann", RIGHT)).isEqualTo(new LoginResult.Busy(Duration.ofSeconds(5)));
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
            LoginResult result = login.check("ann", RIGHT);
            return result instanceof LoginResult.Busy && Thread.currentThread().isInterrupted();
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

    private List<Future<LoginResult>> occupy(PasswordLogin login) throws InterruptedException {
        List<Future<LoginResult>> first = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            first.add(threads.submit(() -> login.check("ann", RIGHT)));
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
