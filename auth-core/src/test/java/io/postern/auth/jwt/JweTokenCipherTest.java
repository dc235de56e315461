package io.postern.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.StoreException;
import io.postern.auth.token.TokenValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JweTokenCipherTest {

    private static final TokenValue TOKEN = TokenValue.of("9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b");

    private final byte[] key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private final JweTokenCipher cipher = JweTokenCipher.of(key);

    @Test
    void what_it_encrypts_it_decrypts() {
        String encrypted = cipher.encrypt(TOKEN);

        assertThat(encrypted).doesNotContain(TOKEN.reveal());
        assertThat(cipher.decrypt(encrypted)).isEqualTo(TOKEN);
        assertThat(JweTokenCipher.of(key).decrypt(encrypted)).isEqualTo(TOKEN);
    }

    @Test
    void the_same_token_never_looks_the_same() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(seen.add(cipher.encrypt(TOKEN))).isTrue();
        }
    }

    @Test
    void another_key_does_not_decrypt_and_the_failure_says_why() {
        byte[] other = key.clone();
        other[0] ^= 1;

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> JweTokenCipher.of(other).decrypt(cipher.encrypt(TOKEN)))
                .withMessageContaining("was the cipher's key changed?");
    }

    @Test
    void a_key_changed_afterwards_changes_nothing() {
        byte[] mine = key.clone();
        JweTokenCipher kept = JweTokenCipher.of(mine);
        Arrays.fill(mine, (byte) 0);

        assertThat(cipher.decrypt(kept.encrypt(TOKEN))).isEqualTo(TOKEN);
    }

    @Test
    void any_changed_character_is_a_failure() {
        String encrypted = cipher.encrypt(TOKEN);
        for (int i = 0; i < encrypted.length() - 1; i++) {
            char other = encrypted.charAt(i) == 'A' ? 'B' : 'A';
            String changed = encrypted.substring(0, i) + other + encrypted.substring(i + 1);
            assertThatExceptionOfType(StoreException.class)
                    .as("character %d", i)
                    .isThrownBy(() -> cipher.decrypt(changed));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "....",
                "a.b.c.d.e",
                "{}",
                "eyJhbGciOiJub25lIn0..",
                "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAAAAAAAAAAAAAA.AA.AAAAAAAAAAAAAAAAAAAAAA",
                "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AA.AAAAAAAAAAAAAAAA.AA.AAAAAAAAAAAAAAAAAAAAAA"
            })
    void what_it_did_not_encrypt_is_a_failure_of_the_store(String encrypted) {
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> cipher.decrypt(encrypted));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 24, 31, 33, 64})
    void a_key_of_another_length_is_refused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JweTokenCipher.of(new byte[length]))
                .withMessageContaining("32 random bytes");
    }
}
