package io.postern.auth.token;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The record of a token in a {@link TokenStore}: everything but its value. It is also the credential that handlers see.
 *
 * @param id identifies the token in lists and events; proves nothing
 * @param userId the user who owns it
 * @param name a label for its owner; may be empty
 * @param created when it was issued
 * @param expires when it expires; empty for never
 * @param lastUsed when it was last used, to the minute; empty for never
 */
public record StoredToken(
        String id, String userId, String name, Instant created, Optional<Instant> expires, Optional<Instant> lastUsed) {

    /** Validates the components. */
    public StoredToken {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(lastUsed, "lastUsed");
    }

    /** Returns whether the token has expired: true at the instant of expiry and after. */
    public boolean isExpired(Instant now) {
        return expires.isPresent() && !now.isBefore(expires.get());
    }

    /** Returns a copy with another time of last use. */
    public StoredToken withLastUsed(Instant when) {
        return new StoredToken(id, userId, name, created, expires, Optional.of(when));
    }

    @Override
    public String toString() {
        return "StoredToken[" + id + " of " + userId + "]";
    }
}
