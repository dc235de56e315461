package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which checks share a hash, and that those of requests and of logins do not wait for each other. */
@Timeout(30)
class PasswordLoginSharingTest {

    private static final Duration A_LONG_TIME = Duration.ofHours(1);
    private static final PasswordLogin.Result BUSY = new PasswordLogin.Result.Busy(A_LONG_TIME);

    private final InMemoryUserStore users = new InMemoryUserStore();
    private final GatedHasher hasher = new GatedHasher();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final PasswordLogin login = builder().build();

    @BeforeEach
    void add_users() {
        users.add(UserRecord.of("1", "ann"), "fake:10:right");
        users.add(UserRecord.of("2", "bob"), "fake:10:right");
        users.add(UserRecord.builder("3", "inactive").active(false).build(), "fake:10:right");
        hasher.hashes().set(0);
    }

    @AfterEach
    void stop() {
        hasher.released().countDown();
        checks.forEach(check -> check.thread().interrupt());
    }

    @ParameterizedTest
    @CsvSource({
        "ann, right, 0",
        "ann, wrong, 1",
        "unknown, right, 1",
        "inactive, right, 1",
    })
    void forty_parallel_requests_with_one_name_and_password_share_one_hash(String name, String password, int topUps)
            throws Exception {
        checkRequests(40, name, password);

        hasher.released().countDown();
        PasswordLogin.Result first = checks.get(0).result();
        for (Check check : checks) {
            assertThat(check.result()).isEqualTo(first);
        }
        assertThat(hasher.verified()).containsExactly(password);
        assertThat(hasher.topUps()).hasValue(topUps);
    }

    @Test
    void parallel_logins_with_one_name_and_password_share_one_hash() throws Exception {
        Stream.generate(() -> check(() -> login.check("ann", Password.of("right"))))
                .limit(5)
                .forEach(Check::awaitBlocked);

        hasher.released().countDown();
        for (Check check : checks) {
            assertThat(check.result()).isInstanceOf(PasswordLogin.Result.Success.class);
        }
        assertThat(hasher.verified()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"bob, right", "unknown, right", "ann, wrong", "ann, right2", "inactive, right"})
    void another_name_or_password_is_verified_by_itself(String name, String password) throws Exception {
        checkRequests(1, "ann", "right");
        checkRequests(1, name, password);

        assertThat(hasher.verified()).containsExactly("right", password);
    }

    /** Both are compared with the same hash, and a shared one would show in the duration. */
    @Test
    void two_unknown_names_do_not_share() throws Exception {
        checkRequests(1, "unknown", "right");
        checkRequests(1, "unknown2", "right");
        checkRequests(1, "unknow", "n5:right");

        hasher.released().countDown();
        for (Check check : checks) {
            assertThat(check.result()).isEqualTo(new PasswordLogin.Result.Refused("unknown_user"));
        }
        assertThat(hasher.verified()).hasSize(3);
    }

    @Test
    void a_password_that_was_changed_meanwhile_is_verified_against_its_new_hash() throws Exception {
        checkRequests(1, "ann", "right");
        users.setPasswordHash("1", "fake:10:new");
        checkRequests(1, "ann", "right");

        hasher.released().countDown();
        assertThat(checks.get(0).result()).isInstanceOf(PasswordLogin.Result.Success.class);
        assertThat(checks.get(1).result()).isEqualTo(new PasswordLogin.Result.Refused("wrong_password"));
    }

    @Test
    void a_user_deactivated_meanwhile_does_not_share_a_success() throws Exception {
        checkRequests(1, "ann", "right");
        users.update(UserRecord.builder("1", "ann").active(false).build());
        checkRequests(1, "ann", "right");

        hasher.released().countDown();
        assertThat(checks.get(1).result()).isEqualTo(new PasswordLogin.Result.Refused("inactive_user"));
    }

    @Test
    void no_result_outlives_its_hash() {
        hasher.released().countDown();

        for (int i = 1; i <= 3; i++) {
            assertThat(login.checkRequest("ann", Password.of("right")))
                    .isInstanceOf(PasswordLogin.Result.Success.class);
            assertThat(hasher.verified()).hasSize(i);
        }
    }

    @Test
    void a_hash_that_fails_fails_for_all_who_share_it_and_for_none_after() throws Exception {
        hasher.failures().set(1);
        checkRequests(5, "ann", "right");

        hasher.released().countDown();
        for (Check check : checks) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(check::result)
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withStackTraceContaining("broken");
        }
        assertThat(login.checkRequest("ann", Password.of("right"))).isInstanceOf(PasswordLogin.Result.Success.class);
    }

    @Test
    void who_shares_a_wait_that_ends_in_vain_is_busy_too() throws Exception {
        checkRequests(1, "ann", "first");
        checkRequests(1, "ann", "second");
        checkRequests(3, "ann", "right");
        checks.get(2).thread().interrupt();

        for (Check check : checks.subList(2, 5)) {
            assertThat(check.result()).isEqualTo(BUSY);
        }
        hasher.released().countDown();
        assertThat(login.checkRequest("ann", Password.of("right"))).isInstanceOf(PasswordLogin.Result.Success.class);
    }

    @Test
    void an_interrupt_ends_the_wait_of_one_who_shares_and_of_no_other() throws Exception {
        checkRequests(3, "ann", "right");
        checks.get(1).thread().interrupt();

        assertThat(checks.get(1).result()).isEqualTo(BUSY);
        hasher.released().countDown();
        assertThat(checks.get(0).result()).isInstanceOf(PasswordLogin.Result.Success.class);
        assertThat(checks.get(2).result()).isInstanceOf(PasswordLogin.Result.Success.class);
    }

    @Test
    void those_who_share_count_among_those_who_wait() {
        PasswordLogin small = builder().requestHashes(2, 3, A_LONG_TIME).build();
        Stream.generate(() -> check(() -> small.checkRequest("ann", Password.of("right"))))
                .limit(5)
                .forEach(Check::awaitBlocked);

        assertThat(small.checkRequest("ann", Password.of("right"))).isEqualTo(BUSY);
    }

    @Test
    void a_weak_hash_is_replaced_once_and_all_who_share_get_the_account_as_it_is_then() throws Exception {
        users.setPasswordHash("1", "fake:3:right");
        checkRequests(5, "ann", "right");

        hasher.released().countDown();
        for (Check check : checks) {
            assertThat(check.result())
                    .isEqualTo(
                            new PasswordLogin.Result.Success(users.findById("1").orElseThrow()));
        }
        assertThat(hasher.hashes()).hasValue(1);
        assertThat(hasher.verified()).hasSize(1);
        assertThat(events).singleElement().isInstanceOf(AuthEvent.PasswordRehashed.class);
    }

    @Test
    void requests_that_use_up_their_hashes_leave_logins_theirs() throws Exception {
        PasswordLogin full = builder().requestHashes(1, 0, Duration.ZERO).build();
        check(() -> full.checkRequest("ann", Password.of("guess"))).awaitBlocked();

        assertThat(full.checkRequest("ann", Password.of("right"))).isInstanceOf(PasswordLogin.Result.Busy.class);
        Check other = check(() -> full.check("ann", Password.of("right")));
        other.awaitBlocked();
        hasher.released().countDown();

        assertThat(other.result()).isInstanceOf(PasswordLogin.Result.Success.class);
    }

    @Test
    void logins_that_use_up_their_hashes_leave_requests_theirs() throws Exception {
        PasswordLogin full = builder()
                .concurrentHashes(1)
                .maxWaiting(0)
                .maxWait(Duration.ZERO)
                .build();
        check(() -> full.check("ann", Password.of("guess"))).awaitBlocked();

        assertThat(full.check("ann", Password.of("right"))).isInstanceOf(PasswordLogin.Result.Busy.class);
        Check other = check(() -> full.checkRequest("ann", Password.of("right")));
        other.awaitBlocked();
        hasher.released().countDown();

        assertThat(other.result()).isInstanceOf(PasswordLogin.Result.Success.class);
    }

    @Test
    void sixty_four_requests_wait_unless_told_otherwise() {
        PasswordLogin byDefault =
                PasswordLogin.builder(users).hasher(hasher).concurrentHashes(2).build();
        Stream.generate(() -> check(() -> byDefault.checkRequest("ann", Password.of("right"))))
                .limit(66)
                .forEach(Check::awaitBlocked);

        assertThat(byDefault.checkRequest("bob", Password.of("right")))
                .isEqualTo(new PasswordLogin.Result.Busy(Duration.ofSeconds(10)));
    }

    @Test
    void limits_out_of_bounds_are_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().requestHashes(0, 1, A_LONG_TIME))
                .withMessageContaining("concurrentHashes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().requestHashes(1, -1, A_LONG_TIME))
                .withMessageContaining("maxWaiting");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().requestHashes(1, 1, Duration.ofMillis(-1)))
                .withMessageContaining("maxWait");
    }

    private PasswordLogin.Builder builder() {
        return PasswordLogin.builder(users).hasher(hasher).listener(events::add).requestHashes(2, 100, A_LONG_TIME);
    }

    private void checkRequests(int count, String name, String password) {
        Stream.generate(() -> check(() -> login.checkRequest(name, Password.of(password))))
                .limit(count)
                .forEach(Check::awaitBlocked);
    }

    private Check check(Supplier<PasswordLogin.Result> work) {
        FutureTask<PasswordLogin.Result> task = new FutureTask<>(work::get);
        Check check = new Check(new Thread(task), task);
        checks.add(check);
        check.thread().start();
        return check;
    }

    private record Check(Thread thread, FutureTask<PasswordLogin.Result> task) {

        /** Returns once the thread hashes or waits. */
        void awaitBlocked() {
            while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                assertThat(thread.getState()).isNotEqualTo(Thread.State.TERMINATED);
                Thread.onSpinWait();
            }
        }

        PasswordLogin.Result result() throws Exception {
            return task.get(20, TimeUnit.SECONDS);
        }
    }
}
