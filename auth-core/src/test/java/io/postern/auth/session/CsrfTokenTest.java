package io.postern.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CsrfTokenTest {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private final CsrfToken tokens = new CsrfToken();

    @Test
    void a_secret_is_32_letters_and_digits_and_never_the_same() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String secret = tokens.newSecret();
            assertThat(secret).matches("[a-zA-Z0-9]{32}");
            assertThat(secrets.add(secret)).isTrue();
        }
    }

    @Test
    void a_mask_shifts_each_character_as_django_does() {
        String secret = "abcdefghijklmnopqrstuvwxyzABCDEF";

        String masked = tokens.mask(secret);

        assertThat(masked).matches("[a-zA-Z0-9]{64}");
        for (int i = 0; i < 32; i++) {
            int sum = ALPHABET.indexOf(secret.charAt(i)) + ALPHABET.indexOf(masked.charAt(i));
            assertThat(masked.charAt(32 + i)).isEqualTo(ALPHABET.charAt(sum % 62));
        }
    }

    @Test
    void a_masked_token_of_django_is_unmasked() {
        // The mask is all "b", so each character of the secret stands one further on.
        assertThat(CsrfToken.secretOf("b".repeat(32) + "bcdefghijklmnopqrstuvwxyzABCDEFa"))
                .isEqualTo("abcdefghijklmnopqrstuvwxyzABCDE9");
    }

    @Test
    void masks_differ_and_all_mean_the_secret() {
        String secret = tokens.newSecret();
        Set<String> masked = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String one = tokens.mask(secret);
            assertThat(CsrfToken.secretOf(one)).isEqualTo(secret);
            assertThat(masked.add(one)).isTrue();
            assertThat(one).doesNotContain(secret);
        }
    }

    @Test
    void any_changed_character_is_no_match() {
        String secret = tokens.newSecret();
        String masked = tokens.mask(secret);
        for (int i = 0; i < 64; i++) {
            char other = masked.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(CsrfToken.match(secret, masked.substring(0, i) + other + masked.substring(i + 1)))
                    .isFalse();
        }
        assertThat(CsrfToken.match(masked, tokens.mask(secret))).isTrue();
    }
}
