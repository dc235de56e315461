package io.postern.samples;

import static io.postern.StandardAuthenticators.jwt;
import static io.postern.StandardAuthenticators.statelessJwt;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.Preset;
import io.postern.auth.Authentication;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.user.UserStore;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;

/** The samples of {@code jwt.md}. */
final class JwtSamples {

    private JwtSamples() {}

    static KeyRing pair(KeyPair now, KeyPair before) {
        // sample: key-pair
        JwtKey signing =
                JwtKey.of(JwtAlgorithm.ES256, now.getPublic(), now.getPrivate()).withId("2026-11");
        JwtKey older = JwtKey.of(JwtAlgorithm.ES256, before.getPublic()).withId("2026-05");
        KeyRing keys = KeyRing.of(signing, older);
        // end
        return keys;
    }

    static Postern configured(UserStore users, KeyRing keys) {
        // sample: jwt-settings
        Postern postern = Postern.builder()
                .users(users)
                .jwt(
                        keys,
                        jwt -> jwt.issuer("https://issuer.example")
                                .audience("orders")
                                .accessLifetime(Duration.ofMinutes(15))
                                .userIdClaim("sub"))
                .authenticators(jwt())
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static Postern stateless(String publicJwk) {
        // sample: stateless
        Postern postern = Postern.builder()
                .jwt(KeyRing.verifyingOnly(JwtKey.ofJwk(publicJwk)))
                .authenticators(statelessJwt())
                .permissions(isAuthenticated())
                .build();
        // end
        return postern;
    }

    static Optional<String> claim(Authentication authentication) {
        // sample: claim
        Optional<String> tenant = authentication.credential(VerifiedJwt.class).flatMap(jwt -> jwt.text("tenant"));
        // end
        return tenant;
    }

    static PosternBuilder strict(PosternBuilder builder, KeyRing keys) {
        // sample: strict
        builder.preset(Preset.STRICT)
                .jwt(keys, jwt -> jwt.issuer("https://issuer.example").audience("orders"));
        // end
        return builder;
    }
}
