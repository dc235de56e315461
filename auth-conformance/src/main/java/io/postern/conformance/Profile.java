package io.postern.conformance;

import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.proxy.Proxies;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** In what the profiles of the scenarios differ. */
enum Profile {
    DEFAULT,
    ROTATE {
        @Override
        RefreshSettings refresh(RefreshSettings refresh) {
            return refresh.withMode(RotationMode.ROTATE).withReuseGracePeriod(Duration.ZERO);
        }
    },
    SLIDING {
        @Override
        JwtSettings.Builder jwt(JwtSettings.Builder jwt) {
            return jwt.accepted(TokenType.SLIDING);
        }
    },
    NOBLACKLIST {
        @Override
        boolean keepsFamilies() {
            return false;
        }
    },
    CUSTOM {
        @Override
        KeyRing keys() {
            return hmac(JwtAlgorithm.HS512);
        }

        @Override
        JwtSettings.Builder jwt(JwtSettings.Builder jwt) {
            return jwt.issuer("https://issuer.example")
                    .audience("conformance-api")
                    .leeway(Duration.ofSeconds(10))
                    .schemes("Bearer", "JWT")
                    .tokenTypeClaim("kind")
                    .jtiClaim("token_id")
                    .userIdClaim("sub")
                    .usernameAsUserId()
                    .accepted(TokenType.ACCESS, TokenType.SLIDING)
                    .accessLifetime(Duration.ofMinutes(15))
                    .refreshLifetime(Duration.ofDays(7));
        }

        @Override
        RefreshSettings refresh(RefreshSettings refresh) {
            return refresh.withMode(RotationMode.REISSUE);
        }
    },
    RS256 {
        @Override
        KeyRing keys() {
            return KeyRing.of(JwtKey.ofJwk(rsaKey()).withoutId());
        }
    },
    PROXIES {
        @Override
        Proxies proxies() {
            return Proxies.trusted(1);
        }
    },
    /** Ours, without scenarios: what simplejwt lacks. */
    REVOKE {
        @Override
        RefreshSettings refresh(RefreshSettings refresh) {
            return refresh.withMode(RotationMode.ROTATE)
                    .withReuseGracePeriod(Duration.ofSeconds(30))
                    .withUnknownRejected();
        }

        @Override
        boolean revokesAccess() {
            return true;
        }
    };

    private static final String SIGNING_KEY = "conformance-signing-key-0123456789abcdef-0123456789abcdef-0123456789";

    static Profile named(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no profile " + name + "; there are "
                        + Arrays.toString(values()).toLowerCase(Locale.ROOT)));
    }

    KeyRing keys() {
        return hmac(JwtAlgorithm.HS256);
    }

    JwtSettings.Builder jwt(JwtSettings.Builder jwt) {
        return jwt;
    }

    RefreshSettings refresh(RefreshSettings refresh) {
        return refresh;
    }

    /** Whether simplejwt's blacklist app is installed. */
    boolean keepsFamilies() {
        return true;
    }

    /** Whether the end of a login reaches its access tokens. */
    boolean revokesAccess() {
        return false;
    }

    Proxies proxies() {
        return Proxies.drfNumProxiesUnset();
    }

    private static KeyRing hmac(JwtAlgorithm algorithm) {
        byte[] secret = SIGNING_KEY.getBytes(StandardCharsets.US_ASCII);
        return KeyRing.of(JwtKey.hmac(algorithm, secret).withoutId());
    }

    private static String rsaKey() {
        String path = "/conformance/keys/conformance-rsa.json";
        try (InputStream in = Objects.requireNonNull(Profile.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
