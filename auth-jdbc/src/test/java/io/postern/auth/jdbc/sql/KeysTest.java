package io.postern.auth.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", "a b", "j\u00fcrgen", "\uD83D\uDC34", "a\nb", "\\", "%"})
    void stores_ordinary_strings_unchanged(String text) {
        assertThat(Escapes.escape(text)).isSameAs(text);
        assertThat(Escapes.unescape(text)).isSameAs(text);
    }

    @Test
    void escapes_characters_that_a_database_rejects_or_ignores() {
        assertThat(Escapes.escape("a\u0000b")).isEqualTo("a\u001A0000b");
        assertThat(Escapes.escape("a ")).isEqualTo("a\u001A0020");
        assertThat(Escapes.escape("\u001A")).isEqualTo("\u001A001a");
        assertThat(Escapes.escape("\uD83D")).isEqualTo("\u001Ad83d");
    }

    @Test
    void unescapes_every_string_and_stores_no_two_alike() {
        char[] alphabet = {'a', '0', '2', ' ', '\u0000', '\u001A', '\uD83D', '\uDC34', '?'};
        Random random = new Random(1);
        Set<String> texts = new HashSet<>();
        Set<String> stored = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                text.append(alphabet[random.nextInt(alphabet.length)]);
            }
            texts.add(text.toString());
            stored.add(Escapes.escape(text.toString()));
            assertThat(Escapes.unescape(Escapes.escape(text.toString()))).isEqualTo(text.toString());
        }
        assertThat(stored).hasSameSizeAs(texts).noneMatch(text -> text.endsWith(" ") || text.indexOf('\u0000') >= 0);
    }

    @Test
    void shortens_long_keys_and_nothing_else() {
        String longest = "x".repeat(Keys.MAX_LENGTH);

        assertThat(Keys.shorten(longest)).isSameAs(longest);
        assertThat(Keys.shorten(longest + "x")).hasSize(66);
        assertThat(Set.of(
                        Keys.shorten(longest + "x"),
                        Keys.shorten(longest + "y"),
                        Keys.shorten(Keys.shorten(longest + "x"))))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "g", " "})
    void accepts_only_digests(String text) {
        assertThat(Keys.ofDigest(text)).isEmpty();
        assertThat(Keys.ofDigest("0".repeat(63) + text.strip())).isEmpty();
        assertThat(Keys.ofDigest("A" + "0".repeat(63))).isEmpty();
        assertThat(Keys.ofDigest("0f".repeat(32))).isPresent();
    }

    @Test
    void keeps_times_to_the_microsecond() {
        for (Instant time : List.of(
                Instant.EPOCH,
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.parse("0000-01-01T00:00:00.000001Z"),
                Instant.parse("2035-01-01T00:00:00.123456Z"))) {
            assertThat(Timestamps.toInstant(Timestamps.toMicros(time))).isEqualTo(time);
        }
        assertThat(Timestamps.toMicros(Instant.EPOCH.plusNanos(1_999))).isEqualTo(1);
        assertThat(Timestamps.toInstant(Timestamps.toMicros(Instant.MAX)))
                .isAfter(Instant.parse("9999-12-31T00:00:00Z"));
        assertThat(Timestamps.toInstant(Timestamps.toMicros(Instant.MIN))).isBefore(Instant.EPOCH);
    }
}
