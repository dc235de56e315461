package io.postern.auth.session;

import io.postern.auth.user.Device;
import java.time.Instant;
import java.util.Objects;

/**
 * The record of a session in a {@link SessionStore}: everything but the value of its cookie.
 *
 * @param id identifies the session in lists; proves nothing
 * @param userId the user who is logged in
 * @param securityStamp the user's security stamp at login; if the user has another one now, the password has changed and
 *     the session is invalid
 * @param device where the login was made
 * @param created when the login was made
 * @param lastUsed when it was last used, to the minute
 * @param expires when it expires unless it is used before
 */
public record StoredSession(
        String id,
        String userId,
        String securityStamp,
        Device device,
        Instant created,
        Instant lastUsed,
        Instant expires) {

    /** Validates the components. */
    public StoredSession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(securityStamp, "securityStamp");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(lastUsed, "lastUsed");
        Objects.requireNonNull(expires, "expires");
    }

    /** Returns whether the session has expired: true at the instant of expiry and after. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    /** Returns a copy with other times of last use and expiry. */
    public StoredSession withLastUsed(Instant when, Instant until) {
        return new StoredSession(id, userId, securityStamp, device, created, when, until);
    }

    @Override
    public String toString() {
        return "StoredSession[" + id + " of " + userId + "]";
    }
}
