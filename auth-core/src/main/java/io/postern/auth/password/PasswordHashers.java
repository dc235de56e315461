package io.postern.auth.password;

import java.util.List;

/**
 * The password hashes that come with the library.
 *
 * <pre>{@code
 * PasswordHasher hasher = preferring(argon2id(), pbkdf2());   // old hashes are renewed at login
 * }</pre>
 *
 * All methods, and the hashers they return, are safe for use by several threads.
 */
public final class PasswordHashers {

    private PasswordHashers() {}

    /**
     * Returns PBKDF2-HMAC-SHA256 with 600,000 iterations, as OWASP asks, in Django's text form; all of it is the JDK's.
     *
     * @return the hasher
     */
    public static PasswordHasher pbkdf2() {
        return pbkdf2(600_000);
    }

    /**
     * Returns PBKDF2-HMAC-SHA256 with another number of iterations. Texts of any number up to five million are read.
     *
     * <p><b>Security.</b> OWASP's 600,000 is the default; fewer is for tests and for old data. Choose no fewer than the
     * stored texts have, or the time tells who has a dearer one until the first is verified. HMAC pads its key with
     * NULs, so a short password with NULs at its end is the password without them, as in Django; {@link PasswordLogin} refuses it.
     *
     * @param iterations how many for new hashes, from 1,000 to 5,000,000
     * @return the hasher
     * @throws IllegalArgumentException if the number is out of these bounds
     */
    public static PasswordHasher pbkdf2(int iterations) {
        return new Pbkdf2Hasher(iterations);
    }

    /**
     * Returns argon2id with 19 MiB of memory, two passes and one lane, as OWASP asks (RFC 9106). It needs Bouncy
     * Castle, which is not a dependency of yours unless you make it one.
     *
     * @return the hasher
     * @throws IllegalStateException if {@code org.bouncycastle:bcprov-jdk18on} is not on the class path
     */
    public static PasswordHasher argon2id() {
        return argon2id(19_456, 2, 1);
    }

    /**
     * Returns argon2id with other parameters. Texts of any parameters within the same bounds are read. Mind that each
     * login at the same time takes that much memory, or as much as the dearest text that was verified.
     *
     * <p><b>Security.</b> Choose no less than the stored texts have, or the time tells who has a dearer one until the
     * first is verified. Work is counted as memory times passes; how long it takes for a given product is the machine's
     * to say.
     *
     * @param memoryKib the memory in KiB, from 8 a lane to 262,144
     * @param iterations the passes over it, from 1 to 10
     * @param parallelism the lanes, from 1 to 8
     * @return the hasher
     * @throws IllegalArgumentException if a parameter is out of these bounds
     * @throws IllegalStateException if {@code org.bouncycastle:bcprov-jdk18on} is not on the class path
     */
    public static PasswordHasher argon2id(int memoryKib, int iterations, int parallelism) {
        return Argon2Hasher.ofBouncyCastle(new Argon2Cost(memoryKib, iterations, parallelism));
    }

    /**
     * Returns a hasher that hashes with the first and verifies with whichever recognises a stored text; texts of the
     * others need a re-hash. To hide from the clock whose hash is old, a failed login costs one hash of each kind, each
     * at the dearest that was verified so far.
     *
     * <p>Mirrors Django's {@code PASSWORD_HASHERS}.
     *
     * @param first hashes new passwords
     * @param older verify what was stored before, asked in order
     * @return the hasher
     */
    public static PasswordHasher preferring(PasswordHasher first, PasswordHasher... older) {
        return new PreferringHasher(first, List.of(older));
    }
}
