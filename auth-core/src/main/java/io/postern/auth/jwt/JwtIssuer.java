package io.postern.auth.jwt;

import io.postern.auth.User;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.internal.Base64Url;
import io.postern.auth.internal.JsonWriter;
import io.postern.auth.internal.RandomText;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Issues signed tokens (drf-contract TK-5 to TK-9).
 *
 * <pre>{@code
 * TokenPair pair = issuer.pairFor(user);
 * }</pre>
 *
 * Immutable and safe for use by several threads.
 */
public final class JwtIssuer {

    private final JwtSettings settings;
    private final AuthListener listener;
    private final Clock clock;
    private final RandomText random = new RandomText();

    /**
     * Creates it.
     *
     * @param settings what tokens say
     * @param listener is told of each token
     * @param clock dates them
     * @throws IllegalStateException if no key can sign
     */
    public JwtIssuer(JwtSettings settings, AuthListener listener, Clock clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.listener = AuthListener.all(List.of(listener));
        this.clock = Objects.requireNonNull(clock, "clock");
        settings.keys().signing();
    }

    /**
     * Issues a refresh token and an access token, both counted from the same instant.
     *
     * @param user for whom; whether the user may log in was checked before
     * @return the pair
     */
    public TokenPair pairFor(User user) {
        Instant now = clock.instant();
        return new TokenPair(
                issue(TokenKind.REFRESH, user, now, settings.refreshLifetime()),
                issue(TokenKind.ACCESS, user, now, settings.accessLifetime()));
    }

    private String issue(TokenKind kind, User user, Instant now, Duration lifetime) {
        JwtNames names = settings.names();
        String id = random.hex(16);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put(names.type(), kind.claim());
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        claims.put("iat", now.getEpochSecond());
        claims.put(names.id(), id);
        claims.put(names.user(), nameOf(user));
        if (!settings.audience().isEmpty()) {
            List<String> audience = settings.audience();
            claims.put("aud", audience.size() == 1 ? audience.get(0) : audience);
        }
        settings.issuer().ifPresent(issuer -> claims.put("iss", issuer));
        listener.on(new AuthEvent.TokenIssued(now, kind.claim(), id, user.id()));
        return sign(kind, claims);
    }

    private String nameOf(User user) {
        return settings.userField() == JwtSettings.UserField.ID ? user.id() : user.username();
    }

    private String sign(TokenKind kind, Map<String, Object> claims) {
        JwtKey key = settings.keys().signing();
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm().headerName());
        key.id().ifPresent(id -> header.put("kid", id));
        header.put("typ", settings.strictness().checkTyp() ? TypHeader.of(kind).value() : "JWT");
        String input = part(header) + "." + part(claims);
        return input + "." + key.sign(input.getBytes(StandardCharsets.US_ASCII));
    }

    private static String part(Map<String, Object> json) {
        return Base64Url.encode(JsonWriter.write(json).getBytes(StandardCharsets.UTF_8));
    }
}
