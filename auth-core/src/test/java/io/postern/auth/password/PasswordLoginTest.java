package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.auth.StoreException;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import io.postern.auth.user.UserStore;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordLoginTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final UserRecord ANN = UserRecord.of("1", "ann");
    private static final Password RIGHT = Password.of("right");
    private static final String LONG_NAME = "n".repeat(256);

    private final AtomicInteger work = new AtomicInteger();
    private final AtomicInteger lookups = new AtomicInteger();
    private final List<AuthEvent> events = new ArrayList<>();
    private final InMemoryUserStore users = new InMemoryUserStore();
    private final PasswordHasher hasher = new FakeHasher("fake", 10, work);

    @BeforeEach
    void add_users() {
        users.add(ANN, "fake:10:right");
        users.add(UserRecord.of("2", "cheap"), "fake:3:right");
        users.add(UserRecord.builder("3", "inactive").active(false).build(), "fake:10:right");
        users.add(UserRecord.builder("4", "inactive-cheap").active(false).build(), "fake:3:right");
        users.add(UserRecord.of("5", "without"), "");
        users.add(UserRecord.of("6", "marked"), "!fake:10:right");
        users.add(UserRecord.of("7", "foreign"), "bcrypt:10:right");
        users.add(UserRecord.of("8", LONG_NAME), "fake:10:right");
    }

    @Test
    void the_right_password_logs_in() {
        assertThat(login().check("ann", RIGHT))
                .isEqualTo(new PasswordLogin.Result.Success(users.findById("1").orElseThrow()));
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, right, unknown_user",
        "Ann, right, unknown_user",
        "'ann ', right, unknown_user",
        "'', right, unknown_user",
        "ann, wrong, wrong_password",
        "ann, Right, wrong_password",
        "ann, 'right ', wrong_password",
        "ann, fake:10:right, wrong_password",
        "cheap, wrong, wrong_password",
        "inactive, right, inactive_user",
        "inactive, wrong, wrong_password",
        "inactive-cheap, right, inactive_user",
        "without, right, no_usable_password",
        "marked, right, no_usable_password",
        "foreign, right, unknown_password_hash",
    })
    void every_refusal_costs_one_verification_of_todays_cost(String username, String password, String reason) {
        PasswordLogin login = login();
        work.set(0);

        assertThat(login.check(username, Password.of(password))).isEqualTo(new PasswordLogin.Result.Refused(reason));
        assertThat(work).hasValue(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann\u0000", "\u0000", "ann\r\nX: y", "\u001b[31m", "\ud800"})
    void a_name_with_odd_characters_is_merely_unknown(String username) {
        assertThat(login().check(username, RIGHT)).isEqualTo(new PasswordLogin.Result.Refused("unknown_user"));
    }

    @Test
    void a_too_long_name_is_not_looked_up_and_costs_what_a_wrong_password_costs() {
        PasswordLogin login = builder().build();
        work.set(0);

        assertThat(login.check(LONG_NAME, RIGHT)).isEqualTo(new PasswordLogin.Result.Refused("username_too_long"));
        assertThat(work).hasValue(10);
        assertThat(lookups).hasValue(0);
    }

    @Test
    void the_limit_of_the_name_is_a_setting() {
        assertThat(builder().maxUsername(256).build().check(LONG_NAME, RIGHT))
                .isInstanceOf(PasswordLogin.Result.Success.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "without", "unknown"})
    void an_empty_password_is_refused_before_the_look_up_for_everybody(String username) {
        assertRefusedUnread(login(), username, Password.of(""), "empty_password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "inactive", "unknown"})
    void a_too_long_password_is_refused_before_the_look_up_for_everybody(String username) {
        assertRefusedUnread(login(), username, Password.of("p".repeat(1_025)), "password_too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "inactive", "unknown"})
    void a_password_with_a_nul_is_refused_before_the_look_up_for_everybody(String username) {
        assertRefusedUnread(login(), username, Password.of("secret\0"), "password_with_nul");
        assertRefusedUnread(login(), username, Password.of("\0secret"), "password_with_nul");
    }

    @Test
    void the_length_of_a_password_is_counted_in_bytes_too() {
        PasswordLogin login = builder().maxPassword(10, 8).build();

        assertRefusedUnread(login, "ann", Password.of("ääääa"), "password_too_long");
        assertThat(login.check("ann", Password.of("ääää")))
                .isEqualTo(new PasswordLogin.Result.Refused("wrong_password"));
    }

    @Test
    void the_longest_password_is_read() {
        users.setPasswordHash("1", "fake:10:" + "p".repeat(1_024));

        assertThat(login().check("ann", Password.of("p".repeat(1_024))))
                .isInstanceOf(PasswordLogin.Result.Success.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"without", "marked"})
    void a_user_without_a_password_is_refused_even_by_a_hasher_that_takes_any_text(String username) {
        PasswordLogin login = builder().hasher(new Trusting()).build();

        assertThat(login.check(username, RIGHT)).isEqualTo(new PasswordLogin.Result.Refused("no_usable_password"));
    }

    @Test
    void a_weak_hash_is_renewed_after_a_success() {
        assertThat(login().check("cheap", RIGHT)).isInstanceOf(PasswordLogin.Result.Success.class);

        assertThat(hashOf("2")).isEqualTo("fake:10:right");
        assertThat(events).containsExactly(new AuthEvent.PasswordRehashed(NOW, "2"));
    }

    @Test
    void a_weak_hash_is_not_renewed_after_a_failure_or_for_an_inactive_user() {
        login().check("cheap", Password.of("wrong"));
        login().check("inactive-cheap", RIGHT);

        assertThat(hashOf("2")).isEqualTo("fake:3:right");
        assertThat(hashOf("4")).isEqualTo("fake:3:right");
        assertThat(events).isEmpty();
    }

    @Test
    void a_hash_that_was_changed_meanwhile_is_left_alone() {
        UserStore racing = new Spy() {
            @Override
            public Optional<StoredUser> findByUsername(String username) {
                Optional<StoredUser> found = super.findByUsername(username);
                users.setPasswordHash("2", "fake:10:changed");
                return found;
            }
        };

        assertThat(builder(racing).build().check("cheap", RIGHT)).isInstanceOf(PasswordLogin.Result.Success.class);
        assertThat(hashOf("2")).isEqualTo("fake:10:changed");
        assertThat(events).isEmpty();
    }

    @Test
    void a_failing_renewal_does_not_fail_the_login() {
        UserStore readOnly = new Spy() {
            @Override
            public boolean replacePasswordHash(String userId, String expected, String replacement) {
                throw new StoreException("read-only");
            }
        };

        assertThat(builder(readOnly).build().check("cheap", RIGHT)).isInstanceOf(PasswordLogin.Result.Success.class);
        assertThat(events).isEmpty();
    }

    @Test
    void a_failing_hasher_does_not_fail_the_login() {
        PasswordLogin login = builder().hasher(new BrokenHashing(hasher)).build();

        assertThat(login.check("cheap", RIGHT)).isInstanceOf(PasswordLogin.Result.Success.class);
        assertThat(hashOf("2")).isEqualTo("fake:3:right");
    }

    @Test
    void a_failing_listener_does_not_fail_the_login() {
        PasswordLogin login = builder()
                .listener(event -> {
                    throw new IllegalStateException("broken");
                })
                .build();

        assertThat(login.check("cheap", RIGHT)).isInstanceOf(PasswordLogin.Result.Success.class);
    }

    @Test
    void a_failing_look_up_is_thrown_on() {
        UserStore down = new Spy() {
            @Override
            public Optional<StoredUser> findByUsername(String username) {
                throw new StoreException("down");
            }
        };
        PasswordLogin login = builder(down).build();

        assertThatThrownBy(() -> login.check("ann", RIGHT)).isInstanceOf(StoreException.class);
    }

    @Test
    void passwords_are_not_normalised_unless_asked_for() {
        users.setPasswordHash("1", "fake:10:ä");
        Password decomposed = Password.of("a\u0308");

        assertThat(login().check("ann", decomposed)).isEqualTo(new PasswordLogin.Result.Refused("wrong_password"));
        assertThat(builder().normalise(Normalizer.Form.NFC).build().check("ann", decomposed))
                .isInstanceOf(PasswordLogin.Result.Success.class);
    }

    @Test
    void refuses_senseless_settings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxPassword(0, 1).build())
                .withMessageContaining("chars of maxPassword");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxPassword(1, 0).build())
                .withMessageContaining("bytes of maxPassword");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxUsername(0).build())
                .withMessageContaining("maxUsername");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().concurrentHashes(0).build())
                .withMessageContaining("concurrentHashes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxWaiting(-1).build())
                .withMessageContaining("maxWaiting must not be negative: -1; use zero");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxWait(Duration.ofMillis(-1)).build())
                .withMessageContaining("maxWait");
    }

    @Test
    void an_account_is_told_as_it_was_when_its_password_was_checked() {
        StoredUser before = users.findById("1").orElseThrow();
        PasswordLogin.Result result = login().check("ann", RIGHT);

        users.setPasswordHash("1", "fake:10:another");

        assertThat(result).isEqualTo(new PasswordLogin.Result.Success(before));
        assertThat(users.findById("1").orElseThrow().securityStamp()).isNotEqualTo(before.securityStamp());
    }

    @Test
    void an_account_whose_stamp_follows_from_the_hash_is_told_with_that_of_its_new_hash() {
        users.setPasswordHash("1", "fake:3:right");

        PasswordLogin.Result.Success result = (PasswordLogin.Result.Success) login().check("ann", RIGHT);

        assertThat(result.account()).isEqualTo(users.findById("1").orElseThrow());
        assertThat(result.account().passwordHash()).isEqualTo("fake:10:right");
    }

    @Test
    void works_with_the_defaults() {
        PasswordLogin login = PasswordLogin.builder(users).build();
        users.setPasswordHash("1", PasswordHasher.pbkdf2().hash(RIGHT));

        assertThat(login.check("ann", RIGHT))
                .isEqualTo(new PasswordLogin.Result.Success(users.findById("1").orElseThrow()));
        assertThat(login.check("ann", Password.of("wrong")))
                .isEqualTo(new PasswordLogin.Result.Refused("wrong_password"));
    }

    @Test
    void a_success_shows_nothing_but_the_id() {
        assertThat(new PasswordLogin.Result.Success(new StoredUser(ANN, "hash")))
                .hasToString("Success[1]");
    }

    private void assertRefusedUnread(PasswordLogin login, String username, Password password, String reason) {
        work.set(0);
        lookups.set(0);

        assertThat(login.check(username, password)).isEqualTo(new PasswordLogin.Result.Refused(reason));
        assertThat(work).hasValue(0);
        assertThat(lookups).hasValue(0);
    }

    private String hashOf(String id) {
        return users.findById(id).orElseThrow().passwordHash();
    }

    private PasswordLogin login() {
        return builder().build();
    }

    private PasswordLogin.Builder builder() {
        return builder(new Spy());
    }

    private PasswordLogin.Builder builder(UserStore store) {
        return PasswordLogin.builder(store)
                .hasher(hasher)
                .listener(events::add)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** Counts look-ups. */
    private class Spy implements UserStore {

        @Override
        public Optional<StoredUser> findByUsername(String username) {
            lookups.incrementAndGet();
            return users.findByUsername(username);
        }

        @Override
        public Optional<StoredUser> findById(String id) {
            lookups.incrementAndGet();
            return users.findById(id);
        }

        @Override
        public boolean replacePasswordHash(String userId, String expected, String replacement) {
            return users.replacePasswordHash(userId, expected, replacement);
        }
    }

    /** Finds every password right, but for the hash that stands in for a missing one. */
    private record Trusting() implements PasswordHasher {

        @Override
        public String hash(Password password) {
            return "stand-in";
        }

        @Override
        public boolean verify(Password password, String stored) {
            return !stored.equals("stand-in");
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

    private record BrokenHashing(PasswordHasher target, AtomicInteger calls) implements PasswordHasher {

        BrokenHashing(PasswordHasher target) {
            this(target, new AtomicInteger());
        }

        @Override
        public String hash(Password password) {
            if (calls.incrementAndGet() > 1) {
                throw new IllegalStateException("broken");
            }
            return target.hash(password);
        }

        @Override
        public boolean verify(Password password, String stored) {
            return target.verify(password, stored);
        }

        @Override
        public boolean recognises(String stored) {
            return target.recognises(stored);
        }

        @Override
        public boolean needsRehash(String stored) {
            return target.needsRehash(stored);
        }
    }
}
