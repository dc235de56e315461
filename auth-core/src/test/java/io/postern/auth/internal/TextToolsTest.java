package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextToolsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ü", "\uFFFD", "x\uFFFDy", "\uD83D\uDE00", "\0"})
    void utf_8_reads_every_well_formed_text(String text) {
        assertThat(Utf8.decode(text.getBytes(StandardCharsets.UTF_8))).contains(text);
    }

    @Test
    void utf_8_refuses_malformed_bytes_even_beside_a_real_replacement_character() {
        assertThat(Utf8.decode(new byte[] {(byte) 0xFC})).isEmpty();
        assertThat(Utf8.decode(new byte[] {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD, (byte) 0x80}))
                .isEmpty();
    }

    @Test
    void utf_8_finds_the_first_lone_surrogate() {
        assertThat(Utf8.loneSurrogate("a\uD83D\uDE00")).isEmpty();
        assertThat(Utf8.loneSurrogate("a\uD83D\uDE00\uDC01\uD800")).hasValue(0xDC01);
        assertThat(Utf8.loneSurrogate("\uD800")).hasValue(0xD800);
    }

    @Test
    void latin_1_turns_one_char_into_one_byte_and_back() {
        assertThat(Latin1.bytes("a\u00FF")).containsExactly('a', 0xFF);
        assertThat(Latin1.text(new byte[] {'a', (byte) 0xFF})).isEqualTo("a\u00FF");
    }

    @Test
    void ascii_lowers_a_to_z_alone_in_every_locale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(Ascii.lower("BASIC\u0130\u00C4@[`{")).isEqualTo("basic\u0130\u00C4@[`{");
            assertThat(Ascii.equalsIgnoreCase("BASIC", "basic")).isTrue();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void ascii_compares_length_and_every_letter() {
        assertThat(Ascii.equalsIgnoreCase("ab", "abc")).isFalse();
        assertThat(Ascii.equalsIgnoreCase("ab", "aC")).isFalse();
        assertThat(Ascii.equalsIgnoreCase("@", "`")).isFalse();
        assertThat(Ascii.equalsIgnoreCase("", "")).isTrue();
    }

    @Test
    void constant_time_tells_equal_from_different() {
        assertThat(ConstantTime.equals("geheim-ü", "geheim-ü")).isTrue();
        assertThat(ConstantTime.equals("geheim", "geheiM")).isFalse();
        assertThat(ConstantTime.equals("geheim", "geheim ")).isFalse();
    }

    @Test
    void digests_agree_with_fips_180() {
        assertThat(Digests.sha256Hex("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Digests.sha256(new byte[0])).hasSize(32).startsWith(0xe3, 0xb0, 0xc4, 0x42);
    }

    @Test
    void random_texts_have_their_length_and_alphabet() {
        RandomText random = new RandomText();

        assertThat(random.hex(16)).matches("[0-9a-f]{32}");
        assertThat(random.base64Url(32)).matches("[A-Za-z0-9_-]{43}");
        assertThat(random.alphanumeric(64)).matches("[A-Za-z0-9]{64}");
        assertThat(random.bytes(7)).hasSize(7);
    }

    @Test
    void random_texts_differ() {
        RandomText random = new RandomText();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(random.hex(16))).isTrue();
            assertThat(seen.add(random.alphanumeric(22))).isTrue();
        }
    }

    @Test
    void random_letters_are_all_in_use_and_none_is_favoured() {
        String text = new RandomText().alphanumeric(62_000);

        assertThat(text.chars().boxed().collect(Collectors.groupingBy(c -> c, Collectors.counting())))
                .hasSize(62)
                .allSatisfy((letter, count) -> assertThat(count).isBetween(800L, 1_200L));
    }
}
