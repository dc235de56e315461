package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.password.PasswordLogin.Result;
import io.postern.auth.testing.HeapDump;
import io.postern.auth.testkit.SettableClock;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials that were verified lately cost no hash, and get no response that they would not get with one. */
class VerifiedCredentialsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final InMemoryUserStore users = new InMemoryUserStore();
    private final CountingHasher hasher = new CountingHasher();
    private final PasswordLogin login = PasswordLogin.builder(users)
            .hasher(hasher)
            .cacheRequests(MINUTE)
            .clock(clock)
            .build();

    VerifiedCredentialsTest() {
        users.add(UserRecord.of("1", "ann"), hasher.hash(Password.of("rabbit")));
        users.add(UserRecord.of("2", "bob"), hasher.hash(Password.of("rabbit")));
    }

    @Test
    void the_next_request_costs_no_hash_until_the_time_is_over() {
        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Success.class);
        assertThat(hasher.verified()).isEqualTo(1);
        clock.advance(MINUTE.minusMillis(1));
        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Success.class);
        assertThat(hasher.verified()).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));

        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Success.class);
        assertThat(hasher.verified()).isEqualTo(2);
    }

    @Test
    void a_clock_that_goes_back_costs_a_hash() {
        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Success.class);

        clock.advance(Duration.ofSeconds(-1));

        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Success.class);
        assertThat(hasher.verified()).isEqualTo(2);
    }

    @Test
    void other_credentials_cost_a_hash_each() {
        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Success.class);

        assertThat(request("ann", "Rabbit")).isInstanceOf(Result.Refused.class);
        assertThat(request("ann", "Rabbit")).isInstanceOf(Result.Refused.class);
        assertThat(request("bob", "rabbit")).isInstanceOf(Result.Success.class);
        assertThat(request("eve", "rabbit")).isInstanceOf(Result.Refused.class);
        assertThat(hasher.verified()).isEqualTo(5);
    }

    @Test
    void a_login_costs_a_hash_whatever_was_verified() {
        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Success.class);

        assertThat(login.check("ann", Password.of("rabbit"))).isInstanceOf(Result.Success.class);
        assertThat(hasher.verified()).isEqualTo(2);
    }

    @Test
    void a_changed_password_counts_at_once() {
        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Success.class);

        users.setPasswordHash("1", hasher.hash(Password.of("hatter")));

        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Refused.class);
        assertThat(request("ann", "hatter")).isInstanceOf(Result.Success.class);
    }

    @Test
    void a_deactivated_or_deleted_user_is_refused_at_once() {
        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Success.class);
        users.update(UserRecord.builder("1", "ann").active(false).build());
        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Refused.class);

        users.update(UserRecord.of("1", "ann"));
        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Success.class);
        users.remove("1");

        assertThat(request("ann", "rabbit")).isInstanceOf(Result.Refused.class);
    }

    @Test
    void nothing_is_remembered_by_default() {
        PasswordLogin plain = PasswordLogin.builder(users).hasher(hasher).build();

        plain.checkRequest("ann", Password.of("rabbit"));
        plain.checkRequest("ann", Password.of("rabbit"));

        assertThat(hasher.verified()).isEqualTo(2);
    }

    @Test
    void the_memory_contains_no_password() throws IOException {
        byte[] hidden = verifiedAndHidden();

        assertThat(HeapDump.contains(hidden)).isFalse();
        assertThat(hasher.verified()).isEqualTo(1);
    }

    /** Returns a password that has been verified twice, disguised so that the test does not contain it. */
    private byte[] verifiedAndHidden() {
        String password = new StringBuilder("ssalg-gnikool-eht-hguorht")
                .reverse()
                .append(42)
                .toString();
        users.setPasswordHash("1", hasher.hash(Password.of(password)));
        assertThat(request("ann", password)).isInstanceOf(Result.Success.class);
        assertThat(request("ann", password)).isInstanceOf(Result.Success.class);
        return HeapDump.hidden(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT10M0.001S", "PT-1S"})
    void a_time_out_of_range_is_refused_at_start_up(Duration maxAge) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PasswordLogin.builder(users).cacheRequests(maxAge))
                .withMessageContaining("from 1 second to 10 minutes");
    }

    private Result request(String name, String password) {
        return login.checkRequest(name, Password.of(password));
    }

    /** Counts the passwords that are verified. */
    private static final class CountingHasher implements PasswordHasher {

        private final PasswordHasher hasher = PasswordHasher.pbkdf2(1_000);
        private final AtomicInteger count = new AtomicInteger();

        int verified() {
            return count.get();
        }

        @Override
        public String hash(Password password) {
            return hasher.hash(password);
        }

        @Override
        public boolean verify(Password password, String stored) {
            count.incrementAndGet();
            return hasher.verify(password, stored);
        }

        @Override
        public boolean recognises(String stored) {
            return hasher.recognises(stored);
        }

        @Override
        public boolean needsRehash(String stored) {
            return hasher.needsRehash(stored);
        }

        @Override
        public void topUp(Password password, String stored) {
            hasher.topUp(password, stored);
        }
    }
}
