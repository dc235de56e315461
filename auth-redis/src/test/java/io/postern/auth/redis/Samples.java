package io.postern.auth.redis;

import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore.TokenRecord;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.TokenFamilyStore.TokenFamily;
import io.postern.auth.session.SessionStore;
import io.postern.auth.session.StoredSession;
import io.postern.auth.token.StoredToken;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows for the tests. */
final class Samples {

    /** Far from what the server thinks, since nothing may depend on its time. */
    static final Instant NOW = Instant.parse("2035-01-01T00:00:00.123456Z");

    static final Duration DAY = Duration.ofDays(1);

    private Samples() {}

    /** The value of a token of the tests. */
    static TokenValue value(StoredToken token) {
        return TokenValue.of("value of " + token.id());
    }

    /** The value of the cookie of a session of the tests. */
    static SessionStore.Key key(StoredSession session) {
        return SessionStore.Key.of("key of " + session.id());
    }

    static boolean add(RedisStores stores, StoredToken token) {
        return stores.tokens().add(value(token), token);
    }

    static boolean add(RedisStores stores, StoredSession session) {
        return stores.sessions().add(key(session), session);
    }

    static StoredToken token(String user) {
        return token(UUID.randomUUID().toString(), user, NOW);
    }

    static StoredToken token(String id, String user, Instant created) {
        return new StoredToken(id, user, "", created, Optional.of(NOW.plus(DAY)), Optional.empty());
    }

    static StoredToken endless(String user) {
        return new StoredToken(UUID.randomUUID().toString(), user, "", NOW, Optional.empty(), Optional.empty());
    }

    static StoredSession session(String user) {
        return new StoredSession(
                UUID.randomUUID().toString(), user, "stamp", Device.unknown(), NOW, NOW, NOW.plus(DAY));
    }

    static TokenFamily family(String id, String user) {
        return new TokenFamily(
                id, user, "stamp", Device.unknown(), NOW, NOW, NOW.plus(DAY), NOW.plus(DAY.multipliedBy(90)));
    }

    static TokenRecord refreshToken(String id) {
        return new TokenRecord(id, NOW, NOW.plus(DAY));
    }

    static Rotation rotation(TokenFamily family, String presented, String next) {
        return new Rotation(
                family, refreshToken(presented), refreshToken(next), NOW, Duration.ZERO, RotationMode.ROTATE, false);
    }

    static Rotation acceptance(TokenFamily family, String presented, String next, Duration grace) {
        return new Rotation(family, refreshToken(presented), refreshToken(next), NOW, grace, RotationMode.ROTATE, true);
    }

    static String digest() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    static OneTimeSecret oneTime(@Nullable String userId) {
        return new OneTimeSecret(digest(), "reset", userId, "", "", NOW.plus(DAY), 3);
    }
}
