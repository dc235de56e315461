package io.postern.auth.session;

import io.postern.auth.user.Device;
import java.time.Instant;
import java.util.Objects;

/**
 * What a {@link SessionStore} keeps of a session: everything but the text of its cookie.
 *
 * @param id names the session in lists; proves nothing
 * @param digest the SHA-256 of the cookie's text in hex, under which it is looked up
 * @param userId whose it is
 * @param securityStamp the user's stamp at login; another one by now means another password, and the session is over
 * @param device where the login was made
 * @param created when the login was made
 * @param lastUsed when it was last used, to the minute
 * @param expires when it ends unless it is used before
 */
public record StoredSession(
        String id,
        String digest,
        String userId,
        String securityStamp,
        Device device,
        Instant created,
        Instant lastUsed,
        Instant expires) {

    /**
     * Refuses null.
     *
     * @param id names the session in lists
     * @param digest the SHA-256 of the cookie's text in hex
     * @param userId whose it is
     * @param securityStamp the user's stamp at login
     * @param device where the login was made
     * @param created when the login was made
     * @param lastUsed when it was last used, to the minute
     * @param expires when it ends unless it is used before
     */
    public StoredSession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(securityStamp, "stamp");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(lastUsed, "lastUsed");
        Objects.requireNonNull(expires, "expires");
    }

    /**
     * Tells whether the session has ended.
     *
     * @param now the present
     * @return true at the instant of expiry and after
     */
    public boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    /**
     * Returns this session as used at another time.
     *
     * @param when the time
     * @param until when it ends now
     * @return a new record
     */
    public StoredSession usedAt(Instant when, Instant until) {
        return new StoredSession(id, digest, userId, securityStamp, device, created, when, until);
    }

    @Override
    public String toString() {
        return "StoredSession[" + id + " of " + userId + "]";
    }
}
