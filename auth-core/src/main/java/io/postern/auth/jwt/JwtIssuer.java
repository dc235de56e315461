package io.postern.auth.jwt;

import io.postern.auth.internal.Base64Url;
import io.postern.auth.internal.JsonWriter;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Signs tokens; {@code JwtTokens} decides on their claims.
 *
 * <p>Immutable and safe for use by several threads.
 */
final class JwtIssuer {

    private final JwtSettings settings;
    private final Clock clock;

    /**
     * Creates an issuer.
     *
     * @param clock determines which key signs
     * @throws IllegalStateException if no key can sign
     */
    JwtIssuer(JwtSettings settings, Clock clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
        settings.keys().signing(clock.instant());
    }

    /**
     * Signs a token and, where configured, encrypts it.
     *
     * @param claims the claims, to which the configured issuer and audience are added
     * @return the token
     */
    String sign(TokenType type, Map<String, Object> claims) {
        JwtKey key = settings.keys().signing(clock.instant());
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm().headerName());
        key.id().ifPresent(id -> header.put("kid", id));
        header.put("typ", settings.values.requireTyp ? type.header() : "JWT");
        String input = part(header) + "." + part(addressed(claims));
        String signed = input + "." + key.sign(input.getBytes(StandardCharsets.US_ASCII));
        return settings.values.encryption == null ? signed : settings.values.encryption.encrypt(signed);
    }

    private Map<String, Object> addressed(Map<String, Object> claims) {
        Map<String, Object> all = new LinkedHashMap<>(claims);
        if (!settings.values.audience.isEmpty()) {
            all.put(
                    "aud",
                    settings.values.audience.size() == 1 ? settings.values.audience.get(0) : settings.values.audience);
        }
        if (settings.values.issuer != null) {
            all.put("iss", settings.values.issuer);
        }
        return all;
    }

    private static String part(Map<String, Object> json) {
        return Base64Url.encode(JsonWriter.write(json).getBytes(StandardCharsets.UTF_8));
    }
}
