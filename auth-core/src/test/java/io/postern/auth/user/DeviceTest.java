package io.postern.auth.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceTest {

    @Test
    void texts_are_cut_to_256_characters_and_never_within_one() {
        String horse = "\uD83D\uDC34";

        assertThat(new Device("x".repeat(256), "", "").label()).isEqualTo("x".repeat(256));
        assertThat(new Device("", "x".repeat(257), "").address()).isEqualTo("x".repeat(256));
        assertThat(new Device("", "", "x".repeat(254) + horse + "x").userAgent())
                .isEqualTo("x".repeat(254) + horse);
        // What stands for the line feed is longer than it.
        assertThat(new Device("\n" + "x".repeat(250) + horse, "", "").label()).isEqualTo("\\u{a}" + "x".repeat(250));
    }
}
