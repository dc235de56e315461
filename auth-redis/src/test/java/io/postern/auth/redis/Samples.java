package io.postern.auth.redis;

import io.postern.auth.onetime.OneTimeSecret;
import io.postern.auth.refresh.RefreshTokenRecord;
import io.postern.auth.refresh.Rotation;
import io.postern.auth.refresh.RotationMode;
import io.postern.auth.refresh.TokenFamily;
import io.postern.auth.session.StoredSession;
import io.postern.auth.token.StoredToken;
import io.postern.auth.user.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Rows for the tests. */
final class Samples {

    /** Far from what the server thinks, since nothing may depend on its time. */
    static final Instant NOW = Instant.parse("2035-01-01T00:00:00.123456Z");

    static final Duration DAY = Duration.ofDays(1);

    private Samples() {}

    static String digest() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    static StoredToken token(String user) {
        return token(user, Optional.of(NOW.plus(DAY)), Optional.empty());
    }

    static StoredToken endless(String user) {
        return token(user, Optional.empty(), Optional.empty());
    }

    static StoredToken repeatable(String user) {
        return token(user, Optional.of(NOW.plus(DAY)), Optional.of("encrypted"));
    }

    static StoredSession session(String user) {
        return new StoredSession(
                UUID.randomUUID().toString(), digest(), user, "stamp", Device.unknown(), NOW, NOW, NOW.plus(DAY));
    }

    static TokenFamily family(String id, String user) {
        return new TokenFamily(
                id, user, "stamp", Device.unknown(), NOW, NOW, NOW.plus(DAY), NOW.plus(DAY.multipliedBy(90)));
    }

    static RefreshTokenRecord slot(String id) {
        return new RefreshTokenRecord(id, NOW, NOW.plus(DAY));
    }

    static Rotation rotation(TokenFamily family, String shown, String next) {
        return new Rotation(family, slot(shown), slot(next), NOW, Duration.ZERO, RotationMode.ROTATE, false);
    }

    static Rotation adoption(TokenFamily family, String shown, String next, Duration grace) {
        return new Rotation(family, slot(shown), slot(next), NOW, grace, RotationMode.ROTATE, true);
    }

    private static StoredToken token(String user, Optional<Instant> expires, Optional<String> encrypted) {
        return new StoredToken(
                UUID.randomUUID().toString(), digest(), user, "", NOW, expires, Optional.empty(), encrypted);
    }

    static OneTimeSecret oneTime(String userId) {
        return new OneTimeSecret(digest(), "reset", userId, "", "", NOW.plus(DAY), 3);
    }
}
