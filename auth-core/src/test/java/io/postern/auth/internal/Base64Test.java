package io.postern.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64Test {

    @Test
    void both_read_back_what_they_wrote() {
        Random random = new Random(1);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(Base64Url.decode(Base64Url.encode(bytes)).orElseThrow()).isEqualTo(bytes);
            assertThat(Base64Strict.decode(Base64Strict.encode(bytes)).orElseThrow())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void each_has_its_alphabet() {
        byte[] bytes = {(byte) 0xFB, (byte) 0xFF};

        assertThat(Base64Url.encode(bytes)).isEqualTo("-_8");
        assertThat(Base64Strict.encode(bytes)).isEqualTo("+/8=");
        assertThat(Base64Url.decode("+/8")).isEmpty();
        assertThat(Base64Strict.decode("-_8=")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AAAAA",
                "AA=",
                "AA==",
                "AAA=",
                "=",
                "A A",
                "AA\n",
                "AÄ",
                "A\u0141A",
                "#AAA",
                "AA.A",
                "AAAA\0"
            })
    void url_refuses_what_is_not_canonical(String text) {
        assertThat(Base64Url.decode(text)).isEmpty();
    }

    @Test
    void url_has_one_text_for_one_content() {
        assertThat(accepted("A", "", false)).isEqualTo(4);
        assertThat(accepted("AA", "", false)).isEqualTo(16);
        assertThat(accepted("AAA", "", false)).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AA",
                "AAA",
                "AA=",
                "AAA==",
                "A===",
                "====",
                "=",
                "==",
                "A=A=",
                "AA=A",
                "AAAA====",
                "AA==AAAA",
                "AAAA AAA",
                " AAAA",
                "AAAA\n",
                "AAA\u0141",
                "AAAÄ",
                "!!!!",
            })
    void strict_refuses_what_is_not_canonical(String text) {
        assertThat(Base64Strict.decode(text)).isEmpty();
    }

    @Test
    void strict_has_one_text_for_one_content() {
        assertThat(accepted("A", "==", true)).isEqualTo(4);
        assertThat(accepted("AA", "=", true)).isEqualTo(16);
        assertThat(accepted("AAA", "", true)).isEqualTo(64);
    }

    @Test
    void strict_reads_the_credentials_of_http_basic() {
        assertThat(Base64Strict.decode("YWxpY2U6YWxpY2UtcGFzcy0xMjM=").orElseThrow())
                .isEqualTo("alice:alice-pass-123".getBytes(StandardCharsets.UTF_8));
        assertThat(Base64Strict.decode("").orElseThrow()).isEmpty();
    }

    private static int accepted(String start, String end, boolean strict) {
        int count = 0;
        for (char c = 0; c < 300; c++) {
            String text = start + c + end;
            boolean padding = c == '=';
            count += !padding && (strict ? Base64Strict.decode(text) : Base64Url.decode(text)).isPresent() ? 1 : 0;
        }
        return count;
    }
}
