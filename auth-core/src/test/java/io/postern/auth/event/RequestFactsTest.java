package io.postern.auth.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestFactsTest {

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
    void what_could_break_or_hide_a_line_is_escaped(String hex, String shown) {
        String odd = new String(new int[] {Integer.parseInt(hex, 16)}, 0, 1);
        RequestFacts facts = new RequestFacts("GET" + odd, "/a" + odd + "b", odd + "address");

        assertThat(facts.method()).isEqualTo("GET\\u{" + shown + "}");
        assertThat(facts.path()).isEqualTo("/a\\u{" + shown + "}b");
        assertThat(facts.address()).isEqualTo("\\u{" + shown + "}address");
    }

    @Test
    void ordinary_text_stays() {
        RequestFacts facts = new RequestFacts("GET", "/caf\u00E9/\uD83D\uDC34 ${x} %n {}", "2001:db8::1");

        assertThat(facts.path()).isEqualTo("/caf\u00E9/\uD83D\uDC34 ${x} %n {}");
        assertThat(facts.address()).isEqualTo("2001:db8::1");
    }

    @Test
    void long_text_is_cut() {
        assertThat(new RequestFacts("GET", "/" + "x".repeat(255), "a").path()).hasSize(256);
        assertThat(new RequestFacts("GET", "/" + "x".repeat(256), "a").path())
                .hasSize(257)
                .endsWith("…");
        assertThat(new RequestFacts("x".repeat(100_000), "/", "x".repeat(100_000)))
                .satisfies(facts -> {
                    assertThat(facts.method()).hasSize(257);
                    assertThat(facts.address()).hasSize(257);
                });
    }

    @Test
    void a_cut_pair_of_surrogates_is_escaped() {
        assertThat(new RequestFacts("GET", "x".repeat(255) + "\uD83D\uDC34", "a").path())
                .isEqualTo("x".repeat(255) + "\\u{d83d}…");
    }
}
