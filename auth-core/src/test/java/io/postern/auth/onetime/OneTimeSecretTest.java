package io.postern.auth.onetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OneTimeSecretTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void a_new_value_has_256_bits_and_never_repeats() {
        assertThat(OneTimeSecret.newValue()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(OneTimeSecret.newValue());
    }

    @Test
    void the_digest_is_sha_256_in_hex() {
        assertThat(OneTimeSecret.digestOf("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void components_are_bounded() {
        String digest = OneTimeSecret.digestOf("abc");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> secret("abc", "login", "", "", 1))
                .withMessageContaining("OneTimeSecret.digestOf");
        for (String purpose : new String[] {"", "Login", "a b", "x".repeat(65), "\u00e4"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> secret(digest, purpose, "", "", 1))
                    .withMessageContaining("purpose");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secret(digest, "login", "x".repeat(513), "", 1))
                .withMessage("binding must have at most 512 chars, not 513");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secret(digest, "login", "", "x".repeat(8_193), 1))
                .withMessage("payload must have at most 8192 chars, not 8193");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secret(digest, "login", "", "", -1))
                .withMessage("attemptsLeft must not be negative: -1");
    }

    @Test
    void to_string_omits_digest_binding_and_payload() {
        OneTimeSecret secret = secret(OneTimeSecret.digestOf("abc"), "login", "the-stamp", "the-payload", 1);

        assertThat(secret).hasToString("OneTimeSecret[login of 7, expires 2026-01-01T00:00:00Z]");
    }

    private static OneTimeSecret secret(
            String digest, String purpose, String binding, String payload, int attemptsLeft) {
        return new OneTimeSecret(digest, purpose, "7", binding, payload, NOW, attemptsLeft);
    }
}
