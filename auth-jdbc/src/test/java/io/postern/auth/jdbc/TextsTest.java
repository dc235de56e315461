package io.postern.auth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", "a b", "j\u00fcrgen", "\uD83D\uDC34", "a\nb", "\\", "%"})
    void stores_most_texts_as_they_are(String text) {
        assertThat(Texts.stored(text)).isSameAs(text);
        assertThat(Texts.read(text)).isSameAs(text);
    }

    @Test
    void writes_what_a_database_would_refuse_or_ignore_as_something_else() {
        assertThat(Texts.stored("a\u0000b")).isEqualTo("a\u001A0000b");
        assertThat(Texts.stored("a ")).isEqualTo("a\u001A0020");
        assertThat(Texts.stored("\u001A")).isEqualTo("\u001A001a");
        assertThat(Texts.stored("\uD83D")).isEqualTo("\u001Ad83d");
    }

    @Test
    void reads_every_text_back_and_stores_no_two_as_one() {
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
            stored.add(Texts.stored(text.toString()));
            assertThat(Texts.read(Texts.stored(text.toString()))).isEqualTo(text.toString());
        }
        assertThat(stored).hasSameSizeAs(texts).noneMatch(text -> text.endsWith(" ") || text.indexOf('\u0000') >= 0);
    }

    @Test
    void shortens_long_keys_and_nothing_else() {
        String longest = "x".repeat(Texts.LONGEST_KEY);

        assertThat(Texts.key(longest)).isSameAs(longest);
        assertThat(Texts.key(longest + "x")).hasSize(66);
        assertThat(Set.of(Texts.key(longest + "x"), Texts.key(longest + "y"), Texts.key(Texts.key(longest + "x"))))
                .hasSize(3);
    }

    @Test
    void keeps_times_to_the_microsecond() {
        for (Instant time : List.of(
                Instant.EPOCH,
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.parse("0000-01-01T00:00:00.000001Z"),
                Instant.parse("2035-01-01T00:00:00.123456Z"))) {
            assertThat(Times.instant(Times.micros(time))).isEqualTo(time);
        }
        assertThat(Times.micros(Instant.EPOCH.plusNanos(1_999))).isEqualTo(1);
        assertThat(Times.instant(Times.micros(Instant.MAX))).isAfter(Instant.parse("9999-12-31T00:00:00Z"));
        assertThat(Times.instant(Times.micros(Instant.MIN))).isBefore(Instant.EPOCH);
    }
}
