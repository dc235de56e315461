package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCharactersTest {

    @Test
    void each_control_character_but_a_tab_is_found_wherever_it_is() {
        for (int length = 1; length < 150; length++) {
            for (char c = 0; c < 0x300; c++) {
                String value = "~".repeat(length - 1) + c;
                boolean control = (c < ' ' && c != '\t') || c == 0x7F;
                assertThat(ControlCharacters.in(value))
                        .as("%s %x", length, (int) c)
                        .isEqualTo(control);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Bearer abc", "a\tb", "\u0100\u0120\u017F", "\uD83D\uDE00", "\u00A0\u0080\u00FF"})
    void other_characters_are_no_control_characters(String value) {
        assertThat(ControlCharacters.in(value)).isFalse();
    }

    @Test
    void the_answer_is_that_of_a_look_at_each_character() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder value = new StringBuilder();
            int length = random.nextInt(200);
            for (int at = 0; at < length; at++) {
                value.append((char) (random.nextInt(300) == 0 ? random.nextInt(0x180) : ' ' + random.nextInt(95)));
            }
            boolean control = value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F);
            assertThat(ControlCharacters.in(value.toString()))
                    .as(value.toString())
                    .isEqualTo(control);
        }
    }
}
