package io.postern.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.postern.auth.jwt.JwtAlgorithm;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedIssuerTest {

    private static final URI KEYS = URI.create("https://issuer.example/keys");

    private static TrustedIssuer.Builder builder(URI keys) {
        return TrustedIssuer.ofJwkSetUri("https://issuer.example", keys)
                .audience("api")
                .algorithms(JwtAlgorithm.RS256)
                .users(UserMapping.claims());
    }

    @Test
    void demands_audience_algorithms_a_type_and_users() {
        assertThatIllegalStateException()
                .isThrownBy(builder(KEYS).audience()::build)
                .withMessageContaining("audience");
        assertThatIllegalStateException()
                .isThrownBy(builder(KEYS).algorithms()::build)
                .withMessageContaining("algorithms");
        assertThatIllegalStateException()
                .isThrownBy(builder(KEYS).types()::build)
                .withMessageContaining("typ");
        assertThatIllegalStateException()
                .isThrownBy(TrustedIssuer.ofJwkSetUri("a", KEYS).audience("api").algorithms(JwtAlgorithm.RS256)::build)
                .withMessageContaining("users(");
    }

    @ParameterizedTest
    @EnumSource(names = {"HS256", "HS384", "HS512"})
    void refuses_shared_secrets(JwtAlgorithm algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(KEYS).algorithms(JwtAlgorithm.RS256, algorithm))
                .withMessageContaining("key pair");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example/keys",
                "file:///etc/keys",
                "/keys",
                "https:///keys",
                "https://me@issuer.example/keys",
                "https://issuer.example/keys#1"
            })
    void keys_are_at_https_urls_only(String url) {
        assertThatIllegalArgumentException().isThrownBy(builder(URI.create(url))::build);
    }

    @Test
    void plain_http_must_be_asked_for() {
        assertThatCode(builder(URI.create("http://127.0.0.1/keys")).allowInsecureHttp()::build)
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(builder(URI.create("file:///keys")).allowInsecureHttp()::build);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "accounts.google.com", "http://issuer.example", "https://issuer.example?a=b", "https://a b"})
    void only_an_https_issuer_is_discovered(String issuer) {
        assertThatIllegalArgumentException()
                .isThrownBy(TrustedIssuer.ofDiscovery(issuer)
                        .audience("api")
                        .algorithms(JwtAlgorithm.RS256)
                        .users(UserMapping.claims())::build);
    }

    @Test
    void an_issuer_is_trusted_once() {
        TrustedIssuer issuer = builder(KEYS).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OidcAuthenticator.of(Clock.systemUTC(), issuer, issuer))
                .withMessageContaining("twice");
        assertThat(issuer).hasToString("TrustedIssuer[https://issuer.example]");
    }

    @Test
    void leeway_is_bounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder(KEYS).leeway(Duration.ofMinutes(11)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder(KEYS).leeway(Duration.ofSeconds(-1)));
    }

    @Test
    void fetching_has_bounds_by_default_and_none_can_be_taken_away() {
        KeyFetching defaults = KeyFetching.defaults();

        assertThat(defaults)
                .isEqualTo(new KeyFetching(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        51_200,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofHours(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withTimeouts(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withTimeouts(Duration.ofSeconds(1), Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxAnswer(2_000_000));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withPause(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withOutageTolerance(Duration.ofDays(8)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withCacheFor(Duration.ofSeconds(30), Duration.ofSeconds(30)));
    }
}
