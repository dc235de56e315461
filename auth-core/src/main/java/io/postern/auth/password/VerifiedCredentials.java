package io.postern.auth.password;

import io.postern.auth.internal.BoundedCache;
import io.postern.auth.internal.Hmac;
import io.postern.auth.internal.RandomText;
import io.postern.auth.internal.Sha256;
import java.time.Clock;
import java.time.Duration;

/**
 * Remembers for a while which credentials were verified against which hash.
 *
 * <p><b>Security.</b> Passwords can be guessed, so a plain digest of one would give an attacker who gets at it an offline
 * attack: the key is a MAC under a random key that never leaves this object.
 *
 * <p>Safe for use by several threads.
 */
final class VerifiedCredentials {

    private static final int MAX_ENTRIES = 1_000;

    private final BoundedCache<Sha256, Long> verifiedAt = new BoundedCache<>(MAX_ENTRIES, MAX_ENTRIES);
    private final Hmac mac = Hmac.of("cacheRequests", new RandomText().bytes(32));
    private final long maxAge;
    private final Clock clock;

    VerifiedCredentials(Duration maxAge, Clock clock) {
        this.maxAge = maxAge.toMillis();
        this.clock = clock;
    }

    /** Returns the key of credentials, which must contain all that they were verified against. */
    Sha256 keyOf(String credentials) {
        return Sha256.ofDigest(mac.of(credentials));
    }

    boolean contains(Sha256 key) {
        Long since = verifiedAt.get(key);
        if (since == null) {
            return false;
        }
        long age = clock.millis() - since;
        if (age >= 0 && age < maxAge) {
            return true;
        }
        verifiedAt.remove(key);
        return false;
    }

    void add(Sha256 key) {
        verifiedAt.put(key, clock.millis(), 1);
    }
}
