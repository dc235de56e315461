package io.postern.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.postern.auth.testkit.FakeRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** drf-contract CS-1 to CS-6. */
class TrustedOriginsTest {

    private final TrustedOrigins origins = new TrustedOrigins(List.of(
            "https://app.example.com",
            "https://*.wild.example",
            "http://plain.example:8080",
            "https://[2001:db8::1]",
            "HTTPS://Capital.Example:443",
            "https://*.Ports.Example:8443",
            "https://[2001:DB8:0::2]:443",
            "capacitor://localhost",
            "ionic://localhost",
            "tauri://localhost",
            "chrome-extension://abcdefghijklmnopabcdefghijklmnop"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com",
                "https://app.example.com",
                "https://a.wild.example",
                "https://a.b.wild.example",
                "https://wild.example",
                "http://plain.example:8080",
                "https://[2001:db8::1]",
                "https://api.example.com:443",
                "https://capital.example",
                "https://capital.example:443",
                "https://app.example.com:443",
                "https://a.ports.example:8443",
                "https://ports.example:8443",
                "https://[2001:db8::2]",
                "capacitor://localhost",
                "ionic://localhost",
                "tauri://localhost",
                "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
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
                "https://api.example.com:80",
                "https://api.example.com:4430",
                "https://localhost",
                "http://localhost",
                "capacitor://localhost:80",
                "capacitor://localhost/",
                "capacitor://evil",
                "capacitor:localhost",
                "chrome-extension://bbcdefghijklmnopabcdefghijklmnop",
                "https://ports.example",
                "https://a.ports.example:443",
                "http://capital.example:443",
                "https://[2001:db8::3]",
                "https://[2001:db8::1",
                "https://2001:db8::1",
                "file://",
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

    @ParameterizedTest
    @CsvSource({
        "true, app.own.example:443, https://app.own.example",
        "true, app.own.example, https://app.own.example:443",
        "true, APP.Own.Example, https://app.own.example",
        "true, '[2001:DB8:0::7]:443', https://[2001:db8::7]",
        "true, app.own.example:8443, https://app.own.example:8443",
        "true, my_host:443, https://my_host",
        "true, APP.own.example, https://APP.own.example",
        "false, app.own.example:80, http://app.own.example",
        "false, app.own.example:8080, http://app.own.example:8080",
    })
    void the_own_origin_is_a_value_however_host_and_port_are_written(boolean isSecure, String host, String origin) {
        FakeRequest request = FakeRequest.post().header("Host", host);
        FakeRequest received = isSecure ? request.overTls() : request;

        assertThat(origins.refuse(received.header("Origin", origin))).isEmpty();
        assertThat(origins.refuseForeignOrigin(received)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, app.own.example:80, https://app.own.example",
        "false, app.own.example:443, http://app.own.example",
        "true, app.own.example:443, http://app.own.example",
        "true, app.own.example:8443, https://app.own.example",
        "true, app.own.example, 'https://app.own.example,https://app.own.example'",
    })
    void another_port_or_scheme_is_another_origin(boolean isSecure, String host, String origin) {
        FakeRequest request = FakeRequest.post().header("Host", host);

        assertThat(origins.refuse((isSecure ? request.overTls() : request).header("Origin", origin)))
                .contains("Origin checking failed - " + origin + " does not match any trusted origins.");
    }

    @Test
    void without_a_host_no_origin_is_the_own() {
        assertThat(origins.refuse(FakeRequest.post().overTls().header("Origin", "https://")))
                .isPresent();
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
                "https://api.example.com:443/x",
                "https://capital.example/x",
                "https://api.example.com/a?filter[b]=c|d",
                "https://api.example.com/{a b}?\u00e4^`<>",
                "https://api.example.com?a",
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
                "https://evilwild.example/",
                "https://localhost/",
                "https://evil.example\\.wild.example/"
            })
    void a_foreign_referer_is_refused(String referer) {
        assertThat(refererOf(referer))
                .contains("Referer checking failed - " + referer + " does not match any trusted origins.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example?a=b", "https://evil.example#a", "https://EVIL.example/"})
    void a_refused_origin_is_shown_as_it_was_sent(String origin) {
        assertThat(origins.refuse(tls().header("Origin", origin)))
                .contains("Origin checking failed - " + origin + " does not match any trusted origins.");
    }

    @Test
    void the_scheme_of_a_refused_referer_is_shown_in_lower_case() {
        assertThat(refererOf("HTTPS://Evil.example/A"))
                .contains("Referer checking failed - https://Evil.example/A does not match any trusted origins.");
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
                "null",
                "file://",
                "capacitor:localhost",
                "capacitor://localhost/",
                "https://app.example.com:99999",
                "https://app.example.com?",
                "https://*..example",
                "https://[1.2.3.4]",
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
