package io.postern.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.password.Password;
import io.postern.auth.password.PasswordHasher;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PasswordHasher} does.
 *
 * <p>Implement this in a test class of your own and say how to make a hasher, with cheap parameters: it hashes a few
 * hundred times.
 *
 * <pre>{@code
 * class NativeHasherTest implements PasswordHasherContract {
 *     public PasswordHasher hasher() { return new NativeHasher(1); }
 * }
 * }</pre>
 */
public interface PasswordHasherContract {

    /**
     * Returns the hasher.
     *
     * @return a hasher with cheap parameters, the same for each call
     */
    PasswordHasher hasher();

    /** What was hashed is verified. */
    @Test
    default void verifies_what_it_hashed() {
        Password right = Password.of("correct horse battery");
        String stored = hasher().hash(right);

        assertThat(hasher().verify(right, stored)).isTrue();
        assertThat(hasher().verify(Password.of("correct horse battery"), stored))
                .isTrue();
        assertThat(hasher().recognises(stored)).isTrue();
        assertThat(hasher().needsRehash(stored)).isFalse();
    }

    /** Another password is false, be it ever so similar. */
    @Test
    default void refuses_another_password() {
        String stored = hasher().hash(Password.of("Right"));

        for (String wrong : List.of("right", "Right ", " Right", "Righ", "Rightt", "Ri\u0000ght", "null", stored)) {
            assertThat(verifies(Password.of(wrong), stored)).as(wrong).isFalse();
        }
    }

    /** One password has many hashes, none of which shows it. */
    @Test
    default void salts_each_hash_and_hides_the_password() {
        Password password = Password.of("correct-horse");

        String one = hasher().hash(password);

        assertThat(hasher().hash(password)).isNotEqualTo(one);
        assertThat(one).doesNotContain("correct-horse").isPrintable();
        assertThat(hasher().toString() + password).doesNotContain("correct-horse");
    }

    /** The empty password is not hashed and matches nothing. */
    @Test
    default void refuses_the_empty_password() {
        String stored = hasher().hash(Password.of("x"));

        assertThat(hasher().verify(Password.of(""), stored)).isFalse();
        assertThat(hasher().verify(Password.of(""), "")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> hasher().hash(Password.of("")));
    }

    /** A string that is not a hash of this kind matches nothing and is not recognized. */
    @Test
    default void refuses_what_is_no_hash() {
        for (String stored :
                List.of("", " ", "!", "!abc", "$", "$$$$", "right", "null", "\u0000", "x".repeat(100_000))) {
            assertThat(hasher().recognises(stored)).as(stored).isFalse();
            assertThat(hasher().verify(Password.of("right"), stored)).as(stored).isFalse();
            assertThat(hasher().needsRehash(stored)).as(stored).isTrue();
        }
    }

    /** Two hundred damaged hashes match nothing and throw nothing. */
    @Test
    default void refuses_two_hundred_damaged_hashes() {
        Password right = Password.of("right");
        String stored = hasher().hash(right);

        for (String damaged : Mutations.of(stored, 200)) {
            assertThat(hasher().verify(right, damaged)).as(damaged).isFalse();
            hasher().recognises(damaged);
            hasher().needsRehash(damaged);
        }
    }

    /**
     * A long password counts to its last character, unless the algorithm cannot process it: then it is not hashed, and
     * matches nothing.
     */
    @Test
    default void reads_a_long_password_to_its_end() {
        Password right = Password.of("x".repeat(1_023) + "y");
        String stored = hashOrEmpty(right);

        assertThat(verifies(right, stored)).isEqualTo(!stored.isEmpty());
        assertThat(verifies(right, hasher().hash(Password.of("x")))).isFalse();
        assertThat(verifies(Password.of("x".repeat(1_023) + "z"), stored)).isFalse();
        assertThat(verifies(Password.of("x".repeat(1_023)), stored)).isFalse();
    }

    private String hashOrEmpty(Password password) {
        try {
            return hasher().hash(password);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private boolean verifies(Password password, String stored) {
        try {
            return hasher().verify(password, stored);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Any character may be in a password, and Unicode forms are different passwords. */
    @Test
    default void takes_any_character_as_it_is() {
        String composed = "p\u00e4ssw\u00f6rd \uD83D\uDC34\u0000\uFDFA";
        String stored = hasher().hash(Password.of(composed));

        assertThat(hasher().verify(Password.of(composed), stored)).isTrue();
        assertThat(hasher().verify(Password.of(composed.replace("\u00e4", "a\u0308")), stored))
                .isFalse();
        assertThat(hasher().verify(Password.of(composed.replace("\uD83D\uDC34", "\uD83D\uDC35")), stored))
                .isFalse();
    }

    /** A lone surrogate does not cause a failure. */
    @Test
    default void survives_a_lone_surrogate() {
        Password ill = Password.of("abc\uD800");

        assertThat(hasher().verify(ill, hasher().hash(ill))).isTrue();
        assertThat(hasher().verify(ill, hasher().hash(Password.of("abc")))).isFalse();
    }

    /** A top-up never fails. */
    @Test
    default void tops_up_without_complaint() {
        Password wrong = Password.of("wrong");

        hasher().topUp(wrong, hasher().hash(Password.of("right")));

        assertThat(hasher().verify(wrong, hasher().hash(Password.of("right")))).isFalse();
    }

    /**
     * Several threads may hash and verify at a time.
     *
     * @throws Exception if a thread fails or hangs
     */
    @Test
    default void serves_several_threads() throws Exception {
        PasswordHasher shared = hasher();
        Callable<Boolean> racer = () -> {
            Password own = Password.of(Thread.currentThread().getName());
            String stored = shared.hash(own);
            return shared.verify(own, stored) && !shared.verify(Password.of("wrong"), stored);
        };

        assertThat(Race.run(Collections.nCopies(8, racer))).containsOnly(true);
    }
}
