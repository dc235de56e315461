package io.postern.auth.password;

import java.util.List;

/**
 * The password hashers of this library.
 *
 * <pre>{@code
 * PasswordHasher hasher = preferring(argon2id(), pbkdf2());   // old hashes are replaced at login
 * }</pre>
 *
 * All methods, and the hashers they return, are safe for use by several threads.
 */
public final class PasswordHashers {

    private PasswordHashers() {}

    /**
     * Returns PBKDF2-HMAC-SHA256 with the 600,000 iterations that OWASP recommends, in Django's format, computed by the
     * JDK.
     */
    public static PasswordHasher pbkdf2() {
        return pbkdf2(600_000);
    }

    /**
     * Returns PBKDF2-HMAC-SHA256 with another number of iterations for new hashes. Stored hashes of up to five million
     * iterations are verified.
     *
     * <p><b>Security.</b> OWASP's 600,000 is the default; fewer is for tests and old data. Use no fewer than the stored
     * hashes have, or the duration of a login reveals which users have a more expensive one until the first is verified.
     * HMAC pads its key with NULs, so a short password with trailing NULs equals the one without them, as in Django;
     * {@link PasswordLogin} rejects it.
     *
     * @param iterations from 1,000 to 5,000,000
     * @throws IllegalArgumentException if the number is out of bounds
     */
    public static PasswordHasher pbkdf2(int iterations) {
        return new Pbkdf2Hasher(iterations);
    }

    /**
     * Returns argon2id with 19 MiB of memory, two passes and one lane, as OWASP recommends (RFC 9106). It requires the
     * optional dependency Bouncy Castle.
     *
     * @throws IllegalStateException if {@code org.bouncycastle:bcprov-jdk18on} is not on the class path
     */
    public static PasswordHasher argon2id() {
        return argon2id(19_456, 2, 1);
    }

    /**
     * Returns argon2id with other parameters for new hashes. Stored hashes with any parameters within the same bounds are
     * verified. Each parallel login takes that much memory, or as much as the most expensive hash verified so far.
     *
     * <p><b>Security.</b> Use no less than the stored hashes have, or the duration of a login reveals which users have a
     * more expensive one until the first is verified. Work is measured as memory times passes; the time for a given
     * product differs from machine to machine.
     *
     * @param memoryKib the memory in KiB, from 8 for each lane to 262,144
     * @param iterations the passes over the memory, from 1 to 10
     * @param parallelism the lanes, from 1 to 8
     * @throws IllegalArgumentException if a parameter is out of bounds
     * @throws IllegalStateException if {@code org.bouncycastle:bcprov-jdk18on} is not on the class path
     */
    public static PasswordHasher argon2id(int memoryKib, int iterations, int parallelism) {
        return Argon2Hasher.ofBouncyCastle(new Argon2Cost(memoryKib, iterations, parallelism));
    }

    /**
     * Returns a hasher that hashes with the first one and verifies with whichever recognises the stored hash; hashes of the
     * others need a rehash. So that the duration does not reveal whose hash is old, a failed login costs one hash of each
     * algorithm, each at the cost of the most expensive one verified so far.
     *
     * <p>Mirrors Django's {@code PASSWORD_HASHERS}.
     *
     * @param first hashes new passwords
     * @param older verify stored hashes, tried in order
     */
    public static PasswordHasher preferring(PasswordHasher first, PasswordHasher... older) {
        return new PreferringHasher(first, List.of(older));
    }
}
