package io.postern.auth.oidc;

import io.postern.auth.AuthResult;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.testkit.FakeRequest;
import io.postern.auth.testkit.SettableClock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** An issuer at {@code https://issuer.example} that signs for the audience {@code api}, and its good tokens. */
final class Outside {

    static final String ISSUER = "https://issuer.example";
    static final String KEYS = "/keys";
    static final long NOW = 1_800_000_000L;
    static final OutsideKey RSA = OutsideKey.of("r1", "RS256");
    static final OutsideKey NEXT = OutsideKey.of("r2", "RS256");

    private Outside() {}

    static SettableClock clock() {
        return SettableClock.at(Instant.ofEpochSecond(NOW));
    }

    static TrustedIssuer.Builder issuer(KeyServer server) {
        return issuer(ISSUER, server, KEYS);
    }

    static TrustedIssuer.Builder issuer(String name, KeyServer server, String path) {
        return TrustedIssuer.ofJwkSetUri(name, server.uri(path))
                .audience("api")
                .algorithms(JwtAlgorithm.RS256)
                .users(UserMapping.claims())
                .allowInsecureHttp();
    }

    static Map<String, Object> header(OutsideKey key) {
        return new LinkedHashMap<>(Map.of("alg", key.alg(), "typ", "at+jwt", "kid", key.kid()));
    }

    static Map<String, Object> claims() {
        return new LinkedHashMap<>(
                Map.of("iss", ISSUER, "aud", "api", "sub", "1", "iat", NOW, "exp", NOW + 86_400 * 30));
    }

    static String token(OutsideKey key) {
        return key.sign(header(key), claims());
    }

    static String tokenWithHeader(OutsideKey key, Consumer<Map<String, Object>> change) {
        Map<String, Object> header = header(key);
        change.accept(header);
        return key.sign(header, claims());
    }

    static String tokenWith(OutsideKey key, Consumer<Map<String, Object>> change) {
        Map<String, Object> claims = claims();
        change.accept(claims);
        return key.sign(header(key), claims);
    }

    static AuthResult show(OidcAuthenticator authenticator, String token) {
        return authenticator.authenticate(FakeRequest.get().authorization("Bearer " + token));
    }

    /** The user's id, the reason of a refusal, or "not attempted". */
    static String outcome(OidcAuthenticator authenticator, String token) {
        AuthResult result = show(authenticator, token);
        if (result instanceof AuthResult.Authenticated authenticated) {
            return authenticated.user().id();
        }
        return result instanceof AuthResult.Rejected rejected
                ? rejected.denial().reason()
                : "not attempted";
    }
}
