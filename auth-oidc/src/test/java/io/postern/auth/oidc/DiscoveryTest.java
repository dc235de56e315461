package io.postern.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.postern.auth.StoreException;
import io.postern.auth.internal.JsonWriter;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.testkit.SettableClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {

    private static final String DOCUMENT = "/realm/.well-known/openid-configuration";

    private final SettableClock clock = Outside.clock();
    private final KeyServer server = new KeyServer().on(Outside.KEYS, OutsideKey.set(Outside.RSA));

    @AfterEach
    void stop() {
        server.close();
    }

    private OidcAuthenticator trusting(String issuer) {
        return OidcAuthenticator.of(
                clock,
                TrustedIssuer.ofDiscovery(issuer)
                        .audience("api")
                        .algorithms(JwtAlgorithm.RS256)
                        .users(UserMapping.claims())
                        .allowInsecureHttp()
                        .build());
    }

    private void publish(String issuer, Consumer<Map<String, Object>> change) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer);
        document.put("jwks_uri", server.uri(Outside.KEYS).toString());
        document.put("grant_types_supported", List.of("authorization_code"));
        change.accept(document);
        server.on(DOCUMENT, JsonWriter.write(document));
    }

    private static String token(String issuer) {
        return Outside.tokenWith(Outside.RSA, claims -> claims.put("iss", issuer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/realm", "/realm/"})
    void finds_the_keys_of_an_issuer(String path) {
        String issuer = server.origin() + path;
        publish(issuer, document -> {});

        assertThat(Outside.outcome(trusting(issuer), token(issuer))).isEqualTo(issuer + "#1");
        assertThat(server.matches(DOCUMENT)).isEqualTo(1);
        assertThat(server.matches(Outside.KEYS)).isEqualTo(1);
    }

    static Stream<Arguments> bad_documents() {
        return Stream.of(
                document("another issuer", d -> d.put("issuer", "https://evil.example")),
                document("a slash more", d -> d.put("issuer", d.get("issuer") + "/")),
                document("no issuer", d -> d.remove("issuer")),
                document("no place", d -> d.remove("jwks_uri")),
                document("a URL that is not a string", d -> d.put("jwks_uri", List.of(d.get("jwks_uri")))),
                document("a URL that is malformed", d -> d.put("jwks_uri", "https://a b")),
                document("a file", d -> d.put("jwks_uri", "file:///etc/passwd")),
                document("a relative place", d -> d.put("jwks_uri", "/keys")));
    }

    private static Arguments document(String name, Consumer<Map<String, Object>> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad_documents")
    void believes_no_document_that_does_not_fit(String name, Consumer<Map<String, Object>> change) {
        String issuer = server.origin() + "/realm";
        publish(issuer, change);

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> Outside.show(trusting(issuer), token(issuer)));
        assertThat(server.matches(DOCUMENT)).isEqualTo(1);
        assertThat(server.matches(Outside.KEYS)).isZero();
    }

    @Test
    void follows_no_redirect_to_a_document() {
        String issuer = server.origin() + "/realm";
        publish(issuer, document -> {});
        server.on("/moved/.well-known/openid-configuration", KeyServer.redirect(server.uri(DOCUMENT)));
        String moved = server.origin() + "/moved";

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> Outside.show(trusting(moved), token(moved)));
        assertThat(server.matches(DOCUMENT)).isZero();
    }
}
