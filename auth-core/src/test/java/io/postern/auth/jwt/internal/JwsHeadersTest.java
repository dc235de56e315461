package io.postern.auth.jwt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwsHeadersTest {

    private final JwsHeaders headers = new JwsHeaders();

    @Test
    void the_header_of_a_verified_token_is_parsed_once() {
        CompactJws verified = parsed(token("{\"alg\":\"HS256\",\"kid\":\"a\"}", "{}"));
        assertThat(parsed(token("{\"alg\":\"HS256\",\"kid\":\"a\"}", "{}")).header())
                .isNotSameAs(verified.header());

        headers.remember(verified);

        CompactJws next = parsed(token("{\"alg\":\"HS256\",\"kid\":\"a\"}", "{\"x\":1}"));
        assertThat(next.header()).isSameAs(verified.header());
        assertThat(next.claims()).containsEntry("x", 1L);
        assertThat(parsed(token("{\"alg\":\"HS256\",\"kid\":\"ab\"}", "{}"))
                        .header()
                        .keyId())
                .isEqualTo("ab");
    }

    @Test
    void headers_that_nothing_has_verified_leave_no_trace() {
        CompactJws verified = parsed(token("{\"alg\":\"HS256\"}", "{}"));
        headers.remember(verified);

        for (int i = 0; i < 100; i++) {
            parsed(token("{\"alg\":\"HS256\",\"kid\":\"" + i + "\"}", "{}"));
        }

        assertThat(parsed(token("{\"alg\":\"HS256\"}", "{}")).header()).isSameAs(verified.header());
    }

    @Test
    void the_latest_sixteen_are_remembered() {
        CompactJws first = parsed(token("{\"alg\":\"HS256\"}", "{}"));
        headers.remember(first);
        CompactJws last = first;
        for (int i = 0; i < 16; i++) {
            last = parsed(token("{\"alg\":\"HS256\",\"kid\":\"" + i + "\"}", "{}"));
            headers.remember(last);
        }

        assertThat(parsed(token("{\"alg\":\"HS256\",\"kid\":\"15\"}", "{}")).header())
                .isSameAs(last.header());
        assertThat(parsed(token("{\"alg\":\"HS256\"}", "{}")).header()).isNotSameAs(first.header());
    }

    @Test
    void a_long_header_is_parsed_each_time() {
        String token = token("{\"alg\":\"HS256\",\"kid\":\"" + "k".repeat(1_000) + "\"}", "{}");
        headers.remember(parsed(token));

        assertThat(parsed(token).header()).isNotSameAs(parsed(token).header());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b",
                "e30.e30.e30.e30",
                "e30.e3.",
                "e30.e30.=",
                "e30=.e30.",
                "W10.e30.",
                "e3.e30.",
                "e30 .e30."
            })
    void a_token_of_any_other_form_is_not_parsed(String token) {
        assertThat(headers.parse(token, 100)).isNull();
    }

    @Test
    void a_token_beyond_the_limit_is_not_parsed() {
        String token = token("{}", "{}");

        assertThat(headers.parse(token, token.length())).isNotNull();
        assertThat(headers.parse(token, token.length() - 1)).isNull();
    }

    private CompactJws parsed(String token) {
        CompactJws parsed = headers.parse(token, 8_192);
        assertThat(parsed).isNotNull();
        return parsed;
    }

    private static String token(String header, String claims) {
        return base64(header) + "." + base64(claims) + ".";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
