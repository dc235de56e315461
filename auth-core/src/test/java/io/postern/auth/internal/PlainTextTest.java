package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.auth.event.AuthEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @ParameterizedTest
    @CsvSource({
        "000A, a",
        "000D, d",
        "0000, 0",
        "001B, 1b",
        "007F, 7f",
        "0085, 85",
        "200B, 200b",
        "202E, 202e",
        "2028, 2028",
        "2029, 2029",
        "FEFF, feff",
        "D800, d800",
        "E0001, e0001"
    })
    void characters_that_could_break_or_hide_a_line_are_escaped(String hex, String shown) {
        String odd = new String(new int[] {Integer.parseInt(hex, 16)}, 0, 1);

        assertThat(PlainText.of("GET" + odd)).isEqualTo("GET\\u{" + shown + "}");
        assertThat(PlainText.of("/a" + odd + "b")).isEqualTo("/a\\u{" + shown + "}b");
        assertThat(PlainText.of(odd + "address")).isEqualTo("\\u{" + shown + "}address");
    }

    @Test
    void ordinary_characters_are_unchanged() {
        assertThat(PlainText.of("/caf\u00E9/\uD83D\uDC34 ${x} %n {}")).isEqualTo("/caf\u00E9/\uD83D\uDC34 ${x} %n {}");
        assertThat(PlainText.of("2001:db8::1")).isEqualTo("2001:db8::1");
    }

    @Test
    void long_values_are_cut() {
        assertThat(PlainText.of("x".repeat(256))).hasSize(256);
        assertThat(PlainText.of("x".repeat(257))).hasSize(257).endsWith("…");
        assertThat(PlainText.of("x".repeat(100_000))).hasSize(257);
    }

    @Test
    void a_cut_pair_of_surrogates_is_escaped() {
        assertThat(PlainText.of("x".repeat(255) + "\uD83D\uDC34")).isEqualTo("x".repeat(255) + "\\u{d83d}…");
    }

    @Test
    void events_about_requests_escape_and_cut_what_the_client_chose() {
        String odd = "\n" + "x".repeat(1_000);
        String safe = "\\u{a}" + "x".repeat(255) + "…";

        AuthEvent.RequestDenied denied = new AuthEvent.RequestDenied(Instant.EPOCH, odd, odd, odd, 401, "c", "r", "1");
        AuthEvent.RequestThrottled throttled =
                new AuthEvent.RequestThrottled(Instant.EPOCH, odd, odd, odd, Duration.ZERO, "1");
        AuthEvent.StoreFailed failed = new AuthEvent.StoreFailed(Instant.EPOCH, odd, odd, odd, "down");

        for (AuthEvent event : List.of(denied, throttled, failed)) {
            assertThat(event.fields())
                    .containsEntry("method", safe)
                    .containsEntry("path", safe)
                    .containsEntry("address", safe);
        }
    }
}
