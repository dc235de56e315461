package io.postern.auth.token;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store keeps of a token: everything but its text. It is also the credential that handlers see.
 *
 * @param id names the token in lists and events; proves nothing
 * @param digest the SHA-256 of the text in hex, under which it is looked up
 * @param userId whose it is
 * @param name what its owner calls it; may be empty
 * @param created when it was issued
 * @param expires when it ends; empty for never
 * @param lastUsed when it was last used, to the minute; empty for never
 * @param encrypted the text under a key that is not in the store, where the same token must be told again; else empty
 */
public record StoredToken(
        String id,
        String digest,
        String userId,
        String name,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> lastUsed,
        Optional<String> encrypted) {

    /**
     * Refuses null.
     *
     * @param id names the token in lists and events
     * @param digest the SHA-256 of the text in hex, under which it is looked up
     * @param userId whose it is
     * @param name what its owner calls it
     * @param created when it was issued
     * @param expires when it ends
     * @param lastUsed when it was last used, to the minute
     * @param encrypted the text under a key that is not in the store, where the same token must be told again
     */
    public StoredToken {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(lastUsed, "lastUsed");
        Objects.requireNonNull(encrypted, "encrypted");
    }

    /**
     * Tells whether the token has ended.
     *
     * @param now the present
     * @return true at the instant of expiry and after
     */
    public boolean isExpired(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }

    /**
     * Returns this token as used at another time.
     *
     * @param when the time
     * @return a new record
     */
    public StoredToken usedAt(Instant when) {
        return new StoredToken(id, digest, userId, name, created, expires, Optional.of(when), encrypted);
    }

    @Override
    public String toString() {
        return "StoredToken[" + id + " of " + userId + "]";
    }
}
