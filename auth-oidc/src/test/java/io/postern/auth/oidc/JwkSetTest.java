package io.postern.auth.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpHandler;
import io.postern.auth.internal.JsonNull;
import io.postern.auth.internal.JsonWriter;
import io.postern.auth.jwt.JwtAlgorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Sets as issuers publish them: one bad entry does not condemn the others. */
class JwkSetTest {

    private static final OutsideKey RSA = Outside.RSA;
    private static final OutsideKey EC = OutsideKey.of("e1", "ES256");
    private static final String ANN = Outside.ISSUER + "#1";

    private final KeyServer server = new KeyServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private OidcAuthenticator trusting(TrustedIssuer.Builder issuer) {
        return OidcAuthenticator.of(
                Outside.clock(),
                issuer.algorithms(JwtAlgorithm.RS256, JwtAlgorithm.PS256, JwtAlgorithm.ES256)
                        .build());
    }

    private OidcAuthenticator authenticator() {
        return trusting(Outside.issuer(server));
    }

    private void publish(Object... jwks) {
        server.on(Outside.KEYS, JsonWriter.write(Map.of("keys", Arrays.asList(jwks))));
    }

    private static Map<String, Object> with(Map<String, Object> jwk, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(jwk);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> without(Map<String, Object> jwk, String name) {
        Map<String, Object> changed = new LinkedHashMap<>(jwk);
        changed.remove(name);
        return changed;
    }

    private static String tokenWithoutKid(OutsideKey key) {
        return Outside.tokenWithHeader(key, header -> header.remove("kid"));
    }

    static Stream<Arguments> entries_beside_a_good_one() {
        Map<String, Object> rsa = RSA.jwk();
        Map<String, Object> other = Outside.NEXT.named("r1").jwk();
        return Stream.of(
                entry("no object", 1L),
                entry("null", JsonNull.NULL),
                entry("an empty object", Map.of()),
                entry("the kid for encryption", with(with(rsa, "use", "enc"), "alg", "RSA-OAEP")),
                entry("the kid for encryption with another key", with(other, "use", "enc")),
                entry("the kid for another algorithm with another key", with(other, "alg", "RS512")),
                entry("the kid for an allowed algorithm with another key", with(other, "alg", "PS256")),
                entry("the same key twice", rsa),
                entry("the same key without alg", without(rsa, "alg")),
                entry("the same key for RS384", with(rsa, "alg", "RS384")),
                entry("a kid that is null", with(other, "kid", JsonNull.NULL)),
                entry("a kid that is not a string", with(other, "kid", 1L)),
                entry("a use that is not a string", with(other, "use", List.of("sig"))),
                entry("key_ops that are not a list", with(other, "key_ops", "verify")),
                entry("an alg that is not a string", with(other, "alg", 5L)),
                entry("a damaged key of the kid", with(rsa, "n", "***")),
                entry("a key of the kid without modulus", without(rsa, "n")),
                entry("a modulus that is not a string", with(rsa, "n", Map.of())),
                entry("a weak key of the kid", with(rsa, "n", "AQAB")),
                entry("an unknown type", Map.of("kty", "AKP", "kid", "r1", "alg", "ML-DSA-44", "pub", "AAAA")),
                entry("an unknown curve", Map.of("kty", "OKP", "kid", "r1", "crv", "X25519", "x", "AAAA")),
                entry("a secret", Map.of("kty", "oct", "kid", "r1", "k", "c2VjcmV0")),
                entry("the private half of another key", Outside.NEXT.privateJwk()));
    }

    private static Arguments entry(String name, Object jwk) {
        return Arguments.of(name, jwk);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries_beside_a_good_one")
    void an_entry_of_no_use_does_not_condemn_the_set(String name, Object entry) {
        publish(entry, RSA.jwk(), EC.jwk(), entry);

        assertThat(Outside.outcome(authenticator(), Outside.token(RSA))).isEqualTo(ANN);
        assertThat(Outside.outcome(authenticator(), Outside.token(EC))).isEqualTo(ANN);
    }

    @Test
    void null_members_are_absent() {
        Map<String, Object> jwk = RSA.jwk();
        for (String name :
                List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "use", "alg", "key_ops", "crv", "x5c")) {
            jwk.put(name, JsonNull.NULL);
        }
        publish(jwk);

        assertThat(Outside.outcome(authenticator(), Outside.token(RSA))).isEqualTo(ANN);
    }

    @Test
    void two_keys_without_kid_are_told_apart_by_their_algorithm() {
        publish(with(RSA.jwk(), "kid", JsonNull.NULL), without(EC.jwk(), "kid"));

        assertThat(Outside.outcome(authenticator(), tokenWithoutKid(RSA))).isEqualTo(ANN);
        assertThat(Outside.outcome(authenticator(), tokenWithoutKid(EC))).isEqualTo(ANN);
    }

    @Test
    void several_keys_for_a_token_without_kid_are_tried_by_a_setting_only() {
        List<Object> jwks = new ArrayList<>(List.of(EC.jwk()));
        for (int i = 0; i < 8; i++) {
            jwks.add(OutsideKey.of("other" + i, "RS256").jwk());
        }
        jwks.add(2, RSA.jwk());
        publish(jwks.toArray());
        OidcAuthenticator trying = trusting(Outside.issuer(server).allowMissingKeyId());

        assertThat(Outside.outcome(authenticator(), tokenWithoutKid(RSA))).isEqualTo("jwt_no_key");
        assertThat(Outside.outcome(trying, tokenWithoutKid(RSA))).isEqualTo(ANN);
        assertThat(Outside.outcome(trying, tokenWithoutKid(Outside.NEXT))).isEqualTo("jwt_bad_signature");
        jwks.remove(2);
        jwks.add(RSA.jwk());
        publish(jwks.toArray());
        OidcAuthenticator tooMany = trusting(Outside.issuer(server).allowMissingKeyId());
        assertThat(Outside.outcome(tooMany, tokenWithoutKid(RSA))).isEqualTo("jwt_bad_signature");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_two_different_keys_for_one_algorithm_and_kid_neither_is_used_and_a_warning_is_logged_once(boolean named) {
        OutsideKey twin = Outside.NEXT.named("r1");
        publish(RSA.jwk(), named ? twin.jwk() : without(twin.jwk(), "alg"), EC.jwk());
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(IssuerKeys.class);
        lines.start();
        logger.addAppender(lines);
        OidcAuthenticator authenticator = authenticator();
        try {
            assertThat(Outside.outcome(authenticator, Outside.token(RSA))).isEqualTo("jwt_no_key");
            assertThat(Outside.outcome(authenticator, Outside.token(twin))).isEqualTo("jwt_no_key");
            assertThat(Outside.outcome(authenticator, Outside.token(EC))).isEqualTo(ANN);
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(server.matches(Outside.KEYS)).isPositive();
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("the keys of https://issuer.example:"
                        + " two different keys for RS256 have the kid r1, and neither is used");
    }

    @Test
    void a_key_whose_private_half_is_published_is_not_used() {
        Map<String, Object> leaked = Outside.NEXT.privateJwk();
        publish(RSA.jwk(), with(with(leaked, "use", "enc"), "alg", "RSA-OAEP"), Outside.NEXT.jwk());

        assertThat(Outside.outcome(authenticator(), Outside.token(Outside.NEXT)))
                .isEqualTo("jwt_no_key");
        assertThat(Outside.outcome(authenticator(), Outside.token(RSA))).isEqualTo(ANN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/jwk-set+json",
                "application/json; charset=ISO-8859-1",
                "text/plain",
                "text/html; charset=UTF-8",
                "application/octet-stream",
                "binary/octet-stream",
                "nonsense"
            })
    void the_content_type_of_a_set_is_not_examined(String type) {
        assertAccepted(KeyServer.body(type, OutsideKey.set(RSA)));
    }

    @Test
    void a_set_needs_no_content_type_and_may_have_a_byte_order_mark() {
        assertAccepted(KeyServer.bytes(OutsideKey.set(RSA)));
        assertAccepted(KeyServer.body("application/json", "\uFEFF" + OutsideKey.set(RSA)));
    }

    private void assertAccepted(HttpHandler answer) {
        server.on(Outside.KEYS, answer);
        assertThat(Outside.outcome(authenticator(), Outside.token(RSA))).isEqualTo(ANN);
    }
}
