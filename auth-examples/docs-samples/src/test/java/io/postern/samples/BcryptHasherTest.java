package io.postern.samples;

import static io.postern.auth.password.PasswordHasher.pbkdf2;
import static io.postern.auth.password.PasswordHasher.preferring;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.testkit.PasswordHasherContract;
import io.postern.auth.user.InMemoryUserStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserRecord;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the hasher of the docs against the contract, against hashes of others, and against a login. */
class BcryptHasherTest implements PasswordHasherContract {

    private static final String OTHERS = "$2a$04$HLymvcV5V7YDOIfBcwS6JOJn4XBKFGKuUq/ZqDvydg9.q.RXU7niK";
    private static final Password RIGHT = Password.of("looking-glass");

    private final BcryptHasher hasher = new BcryptHasher(4);

    @Override
    public PasswordHasher hasher() {
        return hasher;
    }

    /** Bcrypt reads 72 bytes. */
    @Test
    @Override
    public void reads_a_long_password_to_its_end() {
        String stored = hasher.hash(Password.of("y".repeat(71) + "a" + "b"));

        assertThat(hasher.verify(Password.of("y".repeat(71) + "a" + "c".repeat(952)), stored))
                .isTrue();
        assertThat(hasher.verify(Password.of("y".repeat(71) + "a"), stored)).isTrue();
        assertThat(hasher.verify(Password.of("y".repeat(71) + "b" + "b"), stored))
                .isFalse();
        assertThat(hasher.verify(Password.of("y".repeat(71)), stored)).isFalse();
    }

    /** Bcrypt cannot tell {@code a} from {@code a\0a}, so a NUL is never right. */
    @Test
    @Override
    public void takes_any_character_as_it_is() {
        String composed = "p\u00e4ssw\u00f6rd \uD83D\uDC34\uFDFA";
        String stored = hasher.hash(Password.of(composed));

        assertThat(hasher.verify(Password.of(composed), stored)).isTrue();
        assertThat(hasher.verify(Password.of(composed.replace("\u00e4", "a\u0308")), stored))
                .isFalse();
        assertThat(hasher.verify(Password.of("a\0a"), hasher.hash(Password.of("a"))))
                .isFalse();
        assertThat(hasher.verify(Password.of("a\0a"), hasher.hash(Password.of("a\0a"))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "looking-glass, $2a$04$HLymvcV5V7YDOIfBcwS6JOJn4XBKFGKuUq/ZqDvydg9.q.RXU7niK",
        "looking-glass, $2y$04$uCQhKnOY2gVBe/MP6PbPDO.GlJ6k8mfm0fdwhxDb9j04U33uBe992",
        "looking-glass, $2b$04$Xnl.f18TYp1yllASfUyDDuHpDvHZZz0KIKwXdBk6DD/2HoapvZ6ru",
        "p\u00e4ssw\u00f6rd \uD83D\uDC34, $2a$04$aiw7InJwrAhNb2R/v.ziG.3rS2Tbq9FR.cocqUihuQSm1PDaD9mnS",
        "\u00ff\u00ff\u00ff\u00ff\u00a3, $2a$04$LFIYElJbc1cEmpLE8jKSW.l19VZ1WjDqQghLitmMkvwfHmdy9WnKG",
        "password, $2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG"
    })
    void reads_what_spring_security_wrote(String password, String stored) {
        assertThat(hasher.verify(Password.of(password), stored)).isTrue();
        assertThat(hasher.verify(Password.of(password), "{bcrypt}" + stored)).isTrue();
        assertThat(hasher.verify(Password.of(password + "x"), stored)).isFalse();
    }

    /** The texts of jBCrypt's and crypt_blowfish's own tests. */
    @ParameterizedTest
    @CsvSource({
        "a, $2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
        "abcdefghijklmnopqrstuvwxyz, $2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC",
        "U*U, $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
    })
    void reads_what_others_wrote(String password, String stored) {
        assertThat(hasher.verify(Password.of(password), stored)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{bcrypt}",
                "{BCRYPT}" + OTHERS,
                "{noop}" + OTHERS,
                "{bcrypt}{bcrypt}" + OTHERS,
                " " + OTHERS,
                OTHERS + "\n",
                OTHERS + "a",
                "$2x$04$HLymvcV5V7YDOIfBcwS6JOJn4XBKFGKuUq/ZqDvydg9.q.RXU7niK",
                "$2$04$HLymvcV5V7YDOIfBcwS6JOJn4XBKFGKuUq/ZqDvydg9.q.RXU7niK",
                "$2a$4$HLymvcV5V7YDOIfBcwS6JOJn4XBKFGKuUq/ZqDvydg9.q.RXU7niK",
                "$2a$03$HLymvcV5V7YDOIfBcwS6JOJn4XBKFGKuUq/ZqDvydg9.q.RXU7niK",
                "$2a$15$HLymvcV5V7YDOIfBcwS6JOJn4XBKFGKuUq/ZqDvydg9.q.RXU7niK",
                "$2a$31$HLymvcV5V7YDOIfBcwS6JOJn4XBKFGKuUq/ZqDvydg9.q.RXU7niK"
            })
    void refuses_other_texts_and_too_much_work(String stored) {
        assertThat(hasher.recognises(stored)).isFalse();
        assertThat(hasher.verify(RIGHT, stored)).isFalse();
        assertThat(hasher.needsRehash(stored)).isTrue();
    }

    @Test
    void refuses_salts_and_tags_in_another_spelling() {
        assertThat(hasher.verify(RIGHT, OTHERS.replace("JOJn4X", "JPJn4X"))).isFalse();
        assertThat(hasher.verify(RIGHT, OTHERS.replace("niK", "niL"))).isFalse();
    }

    @Test
    void alone_it_renews_what_is_cheaper() {
        assertThat(new BcryptHasher(5).needsRehash(OTHERS)).isTrue();
        assertThat(new BcryptHasher(4).needsRehash("{bcrypt}" + OTHERS)).isFalse();
    }

    /** Sixteen times the work of a hash of cost 8 is beyond every disturbance. */
    @ParameterizedTest
    @ValueSource(strings = {OTHERS, "{bcrypt}" + OTHERS, "no hash"})
    void a_cheap_hash_is_topped_up(String stored) {
        BcryptHasher dear = new BcryptHasher(12);

        assertThat(cpuTime(() -> dear.topUp(RIGHT, stored)))
                .isGreaterThan(cpuTime(() -> new BcryptHasher(8).hash(RIGHT)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 15})
    void refuses_a_cost_out_of_bounds(int cost) {
        assertThatIllegalArgumentException().isThrownBy(() -> new BcryptHasher(cost));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{bcrypt}"})
    void a_login_renews_a_hash(String prefix) {
        InMemoryUserStore users = new InMemoryUserStore();
        users.add(UserRecord.of("1", "ann"), prefix + OTHERS);
        PasswordLogin login = PasswordLogin.builder(users)
                .hasher(preferring(pbkdf2(1_000), hasher))
                .build();

        assertThat(login.check("ann", Password.of("rabbit-hole"))).isInstanceOf(PasswordLogin.Result.Refused.class);
        assertThat(hashOf(users)).isEqualTo(prefix + OTHERS);
        assertThat(login.check("ann", RIGHT)).isInstanceOf(PasswordLogin.Result.Success.class);

        assertThat(hashOf(users)).startsWith("pbkdf2_sha256$1000$");
        assertThat(login.check("ann", RIGHT)).isInstanceOf(PasswordLogin.Result.Success.class);
    }

    @Test
    void whatever_is_typed_is_refused_and_no_failure() {
        PasswordLogin login = PasswordLogin.builder(new InMemoryUserStore())
                .hasher(preferring(pbkdf2(1_000), hasher))
                .build();

        for (String typed : List.of("a", "\0", "y".repeat(1_024), "abc\uD800")) {
            assertThat(login.check("unknown", Password.of(typed))).isInstanceOf(PasswordLogin.Result.Refused.class);
        }
    }

    private static long cpuTime(Runnable work) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    private static String hashOf(InMemoryUserStore users) {
        return users.findById("1").map(StoredUser::passwordHash).orElseThrow();
    }
}
