package io.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class PasswordTest {

    @Test
    void is_never_printed() {
        assertThat(Password.of("hunter2")).hasToString("***");
    }

    @Test
    void is_kept_as_typed() {
        assertThat(Password.of(" Hunter2\u0000 ").reveal()).isEqualTo(" Hunter2\u0000 ");
    }

    @Test
    void counts_chars_and_bytes() {
        Password horse = Password.of("ä🐴");

        assertThat(horse.lengthInChars()).isEqualTo(3);
        assertThat(horse.lengthInBytes()).isEqualTo(6);
        assertThat(horse.isEmpty()).isFalse();
        assertThat(Password.of("").isEmpty()).isTrue();
    }

    @Test
    void normalises_on_demand() {
        assertThat(Password.of("a\u0308").normalised(Normalizer.Form.NFC).reveal())
                .isEqualTo("ä");
    }

    @Test
    void refuses_null() {
        assertThatNullPointerException().isThrownBy(() -> Password.of(null));
    }
}
