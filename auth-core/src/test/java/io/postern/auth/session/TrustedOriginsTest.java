package io.postern.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.testkit.FakeRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract CS-1 to CS-6. */
class TrustedOriginsTest {

    private final TrustedOrigins origins = new TrustedOrigins(List.of(
            "https://app.example.com", "https://*.wild.example", "http://plain.example:8080", "https://[2001:db8::1]"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com",
                "https://app.example.com",
                "https://a.wild.example",
                "https://a.b.wild.example",
                "https://wild.example",
                "http://plain.example:8080",
                "https://[2001:db8::1]"
            })
    void the_own_and_the_named_origins_pass(String origin) {
        assertThat(origins.refuse(tls().header("Origin", origin))).isEmpty();
        assertThat(origins.refuseForeignOrigin(tls().header("Origin", origin))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "https://API.example.com",
                "https://api.example.com/",
                "http://api.example.com",
                "https://api.example.com:443",
                "https://api.example.com.evil.example",
                "https://evil.example?https://api.example.com",
                "https://app.example.com:8443",
                "https://evilwild.example",
                "https://a.WILD.example",
                "https://wild.example.evil",
                "http://a.wild.example",
                "https://a.wild.example:8443",
                "https://evil.example/.wild.example",
                "https://evil.example#.wild.example",
                "https://evil.example?.wild.example",
                "https://evil.example\\.wild.example",
                "https://evil.example@.wild.example",
                "http://plain.example",
                "ftp://app.example.com",
                "https://",
                "//api.example.com",
                " https://api.example.com"
            })
    void every_other_origin_is_refused(String origin) {
        assertThat(origins.refuse(tls().header("Origin", origin)))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith("Origin checking failed - ")
                        .endsWith(" does not match any trusted origins."));
        assertThat(origins.refuseForeignOrigin(tls().header("Origin", origin))).isPresent();
    }

    @Test
    void the_own_origin_has_the_scheme_of_the_request() {
        assertThat(origins.refuse(plain().header("Origin", "http://api.example.com")))
                .isEmpty();
        assertThat(origins.refuse(plain().header("Origin", "https://api.example.com")))
                .contains("Origin checking failed - https://api.example.com does not match any trusted origins.");
    }

    @Test
    void a_good_origin_needs_no_referer() {
        assertThat(origins.refuse(
                        tls().header("Origin", "https://api.example.com").header("Referer", "https://evil.example/")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/",
                "https://api.example.com/a?b#c",
                "HTTPS://api.example.com/",
                "https://app.example.com/x",
                "https://a.wild.example/x",
                "https://wild.example/x",
                "https://plain.example:8080/the-host-of-a-plain-origin"
            })
    void without_an_origin_tls_asks_for_the_referer(String referer) {
        assertThat(origins.refuse(tls().header("Referer", referer))).isEmpty();
    }

    @Test
    void a_missing_referer_is_refused_over_tls_alone() {
        assertThat(origins.refuse(tls())).contains("Referer checking failed - no Referer.");
        assertThat(origins.refuse(plain())).isEmpty();
        assertThat(origins.refuseForeignOrigin(tls())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/only/a/path",
                "//api.example.com/",
                "api.example.com",
                "https://",
                "https:///x",
                "ht tp://a",
                "mailto:a@b",
                "%"
            })
    void a_malformed_referer_is_refused(String referer) {
        assertThat(refererOf(referer)).contains("Referer checking failed - Referer is malformed.");
    }

    @Test
    void a_plain_referer_is_refused() {
        assertThat(refererOf("http://api.example.com/"))
                .contains("Referer checking failed - Referer is insecure while host is secure.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://api.example.com.evil.example/",
                "https://api.example.com@evil.example/",
                "https://api.example.com:8443/",
                "https://evil.example/https://api.example.com/",
                "https://evilwild.example/"
            })
    void a_foreign_referer_is_refused(String referer) {
        assertThat(refererOf(referer))
                .contains("Referer checking failed - " + referer + " does not match any trusted origins.");
    }

    @Test
    void a_refused_referer_is_shown_without_its_query_and_without_control_characters() {
        assertThat(refererOf("https://evil.example/?password=secret#frag").orElseThrow())
                .doesNotContain("secret")
                .doesNotContain("frag");
        assertThat(origins.refuse(tls().header("Origin", "https://e\u001B\u2028vil"))
                        .orElseThrow())
                .contains("https://e??vil")
                .isPrintable();
        assertThat(origins.refuse(tls().header("Origin", "x".repeat(10_000))).orElseThrow())
                .hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "app.example.com",
                "https://app.example.com/",
                "https://*",
                "https://a.*.example",
                "ws://app.example.com",
                "https://user@app.example.com",
                "https://app.example.com\n"
            })
    void an_entry_that_is_no_origin_is_refused_and_says_what_to_write(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Csrf.builder().trustedOrigins(entry).build())
                .withMessageContaining("write scheme and host");
    }

    private Optional<String> refererOf(String referer) {
        return origins.refuse(tls().header("Referer", referer));
    }

    private static FakeRequest tls() {
        return plain().overTls();
    }

    private static FakeRequest plain() {
        return FakeRequest.post().header("Host", "api.example.com");
    }
}
