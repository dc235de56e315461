package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.UserRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table with hashes of more iterations than today's, as Django 5.2 writes them. */
class PasswordLoginDearHashTest {

    private static final Password RIGHT = Password.of("right");
    private static final Password WRONG = Password.of("wrong");

    private final AtomicInteger work = new AtomicInteger();
    private final InMemoryUserStore users = new InMemoryUserStore();
    private final PasswordHasher hasher = new Pbkdf2Hasher(600_000, this::counted);
    private final PasswordLogin login =
            PasswordLogin.builder(users).hasher(hasher).listener(event -> {}).build();

    @BeforeEach
    void add_users() {
        users.add(UserRecord.of("1", "dear"), hash(1_000_000));
        users.add(UserRecord.of("2", "todays"), hash(600_000));
        users.add(UserRecord.of("3", "cheap"), hash(1_000));
        users.add(UserRecord.builder("4", "inactive").active(false).build(), hash(600_000));
        users.add(UserRecord.builder("5", "inactive-dear").active(false).build(), hash(1_000_000));
        users.add(UserRecord.of("6", "without"), "");
        users.add(UserRecord.of("7", "foreign"), "bcrypt");
    }

    @ParameterizedTest
    @CsvSource({
        "dear, wrong, wrong_password",
        "todays, wrong, wrong_password",
        "cheap, wrong, wrong_password",
        "inactive, right, inactive_user",
        "inactive, wrong, wrong_password",
        "inactive-dear, right, inactive_user",
        "without, right, no_usable_password",
        "foreign, right, unknown_password_hash",
        "nobody, right, unknown_user",
    })
    void once_a_dear_hash_was_verified_every_refusal_costs_as_much(String username, String password, String reason) {
        login.check("dear", WRONG);

        assertThat(workOf(username, Password.of(password), new PasswordLogin.Result.Refused(reason)))
                .isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"todays", "cheap", "inactive", "without", "unknown"})
    void before_that_a_refusal_costs_a_hash_of_today(String username) {
        work.set(0);

        assertThat(login.check(username, WRONG)).isInstanceOf(PasswordLogin.Result.Refused.class);
        assertThat(work).hasValue(600_000);
    }

    @Test
    void a_success_with_a_dear_hash_counts_too_and_leaves_the_hash_alone() {
        assertThat(login.check("dear", RIGHT)).isInstanceOf(PasswordLogin.Result.Success.class);

        assertThat(users.findById("1").orElseThrow().passwordHash()).isEqualTo(hash(1_000_000));
        assertThat(workOf("unknown", RIGHT, new PasswordLogin.Result.Refused("unknown_user")))
                .isEqualTo(1_000_000);
    }

    @Test
    void a_success_is_not_topped_up() {
        login.check("dear", WRONG);
        work.set(0);

        assertThat(login.check("todays", RIGHT)).isInstanceOf(PasswordLogin.Result.Success.class);
        assertThat(work).hasValue(600_000);
    }

    private int workOf(String username, Password password, PasswordLogin.Result expected) {
        work.set(0);
        assertThat(login.check(username, password)).isEqualTo(expected);
        return work.get();
    }

    private byte[] counted(Password password, byte[] salt, int iterations) {
        work.addAndGet(iterations);
        return tag(password);
    }

    private static String hash(int iterations) {
        return "pbkdf2_sha256$" + iterations + "$seasalt2seasalt2seasal$"
                + Base64.getEncoder().encodeToString(tag(RIGHT));
    }

    /** As long as a real one, and cheap. */
    private static byte[] tag(Password password) {
        return Arrays.copyOf(password.reveal().getBytes(StandardCharsets.UTF_8), 32);
    }
}
