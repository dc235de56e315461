package io.postern.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.internal.RandomText;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract AT-2. */
class TokenFormatTest {

    private final RandomText random = new RandomText();
    private final TokenValue.Format checked = TokenValue.Format.checked("postern");
    private final TokenValue.Format drf = TokenValue.Format.drf();

    @Test
    void a_checked_token_has_256_random_bits_and_a_checksum() {
        String text = checked.create(random.bytes(32)).reveal();

        assertThat(text).matches("postern_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}");
        assertThat(text).endsWith(base62Crc(text.substring(0, text.length() - 6)));
        assertThat(checked.isPlausible(text)).isTrue();
    }

    @Test
    void a_drf_token_is_40_hex_digits() {
        assertThat(drf.create(random.bytes(32)).reveal()).matches("[0-9a-f]{40}");
        assertThat(drf.isPlausible(drf.create(random.bytes(32)).reveal())).isTrue();
    }

    @Test
    void the_same_bits_give_the_same_token() {
        byte[] bits = random.bytes(32);

        assertThat(checked.create(bits)).isEqualTo(checked.create(bits.clone()));
        assertThat(drf.create(bits)).isEqualTo(drf.create(bits.clone()));
    }

    @Test
    void tokens_never_repeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(checked.create(random.bytes(32)).reveal())).isTrue();
            assertThat(seen.add(drf.create(random.bytes(32)).reveal())).isTrue();
        }
    }

    @Test
    void any_single_change_of_a_checked_token_is_implausible() {
        String text = checked.create(random.bytes(32)).reveal();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(checked.isPlausible(text.substring(0, i) + other + text.substring(i + 1)))
                    .isFalse();
        }
        assertThat(checked.isPlausible(text + "0")).isFalse();
        assertThat(checked.isPlausible(text.substring(1))).isFalse();
        assertThat(checked.isPlausible(text.toUpperCase(Locale.ROOT))).isFalse();
        assertThat(TokenValue.Format.checked("other").isPlausible(text)).isFalse();
    }

    @Test
    void a_checked_token_cut_short_or_lengthened_is_implausible() {
        String text = checked.create(random.bytes(32)).reveal();
        for (int length = 0; length < text.length(); length++) {
            assertThat(checked.isPlausible(text.substring(0, length))).isFalse();
        }
        assertThat(checked.isPlausible(text + text)).isFalse();
    }

    @Test
    void a_whole_token_of_another_prefix_of_the_same_length_is_implausible() {
        TokenValue.Format other = TokenValue.Format.checked("another");
        String text = other.create(random.bytes(32)).reveal();

        assertThat(text).hasSameSizeAs(checked.create(random.bytes(32)).reveal());
        assertThat(other.isPlausible(text)).isTrue();
        assertThat(checked.isPlausible(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "\u0000", "a\u007F", "tab\t"})
    void empty_and_unprintable_texts_are_implausible(String text) {
        assertThat(drf.isPlausible(text)).isFalse();
        assertThat(checked.isPlausible(text)).isFalse();
    }

    @Test
    void long_texts_are_implausible() {
        assertThat(drf.isPlausible("x".repeat(255))).isTrue();
        assertThat(drf.isPlausible("x".repeat(256))).isFalse();
        assertThat(checked.isPlausible("postern_" + "x".repeat(100_000))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "a_b", "a b", "a-b", "abcdefghijklmnopqrstu", "ä", "a\n"})
    void a_prefix_that_scanners_would_miss_is_refused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenValue.Format.checked(prefix))
                .withMessageContaining("1 to 20 lower-case letters and digits");
    }

    private static String base62Crc(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        StringBuilder text = new StringBuilder();
        for (long rest = crc.getValue(); rest > 0; rest /= 62) {
            text.insert(0, digits.charAt((int) (rest % 62)));
        }
        return "0".repeat(6 - text.length()) + text;
    }
}
