package io.postern.auth.jwt;

import io.postern.auth.AuthResult;
import io.postern.auth.internal.BoundedCache;
import io.postern.auth.internal.Sha256;
import io.postern.auth.jwt.internal.JwsHeader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Remembers tokens whose signature and claims were verified, so that a client's next request costs a digest instead.
 *
 * <p><b>Security.</b> What a token is worth is decided anew at each hit: its times are compared with the clock by the checks of the
 * verification itself, its key must still be the one that the key ring finds, and revocation and user are looked up by the
 * caller as for any token. Refusals are never remembered. The key is the digest of the whole token, never a part or the
 * token itself. One memory belongs to one verifier, whose settings never change.
 *
 * <p>Safe for use by several threads.
 */
final class VerifiedTokens {

    /** Bounds the effect of anything that is not looked at again. */
    private static final long MAX_AGE = Duration.ofMinutes(5).toMillis();

    /** Of the tokens themselves; what is kept of them takes a few times as much. */
    private static final long MAX_BYTES = 16L << 20;

    private final BoundedCache<Sha256, Entry> entries;
    private final JwtVerifier verifier;
    private final Clock clock;

    /**
     * A token that was verified.
     *
     * @param key the key that was found before the verification: if another one verified it, because the keys were reloaded
     *     meanwhile, the entry is never found valid
     * @param since when it was verified
     * @param result the result of a look-up that depends on the token alone; null if there is none
     */
    record Entry(
            VerifiedJwt jwt,
            JwsHeader header,
            JwtKey key,
            long since,
            @Nullable AuthResult result) {}

    VerifiedTokens(int maxTokens, JwtVerifier verifier, Clock clock) {
        this.entries = new BoundedCache<>(maxTokens, MAX_BYTES);
        this.verifier = verifier;
        this.clock = clock;
    }

    /** Returns a token that would be verified now with the same outcome, or null. */
    @Nullable
    Entry find(Sha256 key) {
        Entry found = entries.get(key);
        if (found == null) {
            return null;
        }
        // Read once: a clock costs as much as the look-up.
        long now = clock.millis();
        long age = now - found.since();
        boolean valid = age >= 0
                && age < MAX_AGE
                && verifier.refuseTimes(found.jwt(), now) == null
                && verifier.keyOf(found.header(), Instant.ofEpochMilli(now)) == found.key();
        if (!valid) {
            entries.remove(key);
            return null;
        }
        return found;
    }

    /** Remembers a token of so many characters; the entry's key is the one that was found before the verification. */
    void add(Sha256 key, int length, Entry entry) {
        entries.put(key, entry, length);
    }
}
