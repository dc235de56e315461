package io.postern.auth.jdbc;

import io.postern.auth.internal.Digests;
import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Device;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** What the tests store. */
final class Samples {

    static final Instant NOW = Instant.parse("2035-01-01T00:00:00.123456Z");
    static final Duration DAY = Duration.ofDays(1);

    private Samples() {}

    static String digest(String name) {
        return HexFormat.of().formatHex(sha256(name));
    }

    /** The value of the token with an id. */
    static TokenValue value(String id) {
        return TokenValue.of(id);
    }

    /** The cookie's value of the session with an id. */
    static SessionStore.Key key(String id) {
        return SessionStore.Key.of(id);
    }

    static boolean add(TokenStore store, StoredToken token) {
        return store.add(value(token.id()), token);
    }

    static boolean add(SessionStore store, StoredSession session) {
        return store.add(key(session.id()), session);
    }

    static StoredToken token(String id, String userId) {
        return token(id, userId, Optional.of(NOW.plus(DAY)));
    }

    static StoredToken token(String id, String userId, Optional<Instant> expires) {
        return new StoredToken(id, userId, "", NOW, expires, Optional.empty());
    }

    static StoredSession session(String id, String userId) {
        return new StoredSession(
                id, userId, "stamp", new Device("laptop", "192.0.2.1", "curl"), NOW, NOW, NOW.plus(DAY));
    }

    static TokenFamily family(String id, String userId) {
        return new TokenFamily(
                id, userId, "s", Device.unknown(), NOW, NOW, NOW.plus(DAY), NOW.plus(DAY.multipliedBy(90)));
    }

    static TokenRecord refreshToken(String id) {
        return new TokenRecord(id, NOW, NOW.plus(DAY));
    }

    static Rotation rotation(RotationMode mode, String familyId, String presented, String next) {
        return rotation(mode, familyId, presented, next, false);
    }

    static Rotation rotation(RotationMode mode, String familyId, String presented, String next, boolean acceptUnknown) {
        return new Rotation(
                family(familyId, "u"),
                refreshToken(presented),
                refreshToken(next),
                NOW,
                Duration.ZERO,
                mode,
                acceptUnknown);
    }

    /** The secret with a name. */
    static OneTimeSecret oneTime(String name, String userId) {
        return new OneTimeSecret(digest(name), "reset", userId, "", "", NOW.plus(DAY), 3);
    }

    static byte[] sha256(String name) {
        return Digests.sha256(name.getBytes(StandardCharsets.UTF_8));
    }
}
