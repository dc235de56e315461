package io.postern.auth.jwt;

import io.postern.auth.internal.Base64Url;
import io.postern.auth.internal.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Signs tokens; what is in them is for {@code JwtTokens} to say.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class JwtIssuer {

    private final JwtSettings settings;
    private final Clock clock;

    /**
     * Creates it.
     *
     * @param settings who signs, and what issuer and audience are written
     * @param clock says which key signs
     * @throws IllegalStateException if no key can sign
     */
    public JwtIssuer(JwtSettings settings, Clock clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
        settings.keys().signing(clock.instant());
    }

    /**
     * Signs a token.
     *
     * @param kind what it is for
     * @param claims its claims, to which issuer and audience are added where they are configured
     * @return the token
     */
    public String sign(TokenType kind, Map<String, Object> claims) {
        JwtKey key = settings.keys().signing(clock.instant());
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm().headerName());
        key.id().ifPresent(id -> header.put("kid", id));
        header.put("typ", settings.strictness().checkTyp() ? TypHeader.of(kind).value() : "JWT");
        String input = part(header) + "." + part(addressed(claims));
        String signed = input + "." + key.sign(input.getBytes(StandardCharsets.US_ASCII));
        return settings.encryption()
                .map(encryption -> encryption.encrypt(signed))
                .orElse(signed);
    }

    private Map<String, Object> addressed(Map<String, Object> claims) {
        Map<String, Object> all = new LinkedHashMap<>(claims);
        List<String> audience = settings.audience();
        if (!audience.isEmpty()) {
            all.put("aud", audience.size() == 1 ? audience.get(0) : audience);
        }
        settings.issuer().ifPresent(issuer -> all.put("iss", issuer));
        return all;
    }

    private static String part(Map<String, Object> json) {
        return Base64Url.encode(JsonWriter.write(json).getBytes(StandardCharsets.UTF_8));
    }
}
