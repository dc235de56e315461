package io.postern.auth.password;

import java.util.List;

/**
 * Hashes passwords and verifies them against stored hashes. The hashers of this library are static methods:
 *
 * <pre>{@code
 * PasswordHasher hasher = preferring(argon2id(), pbkdf2()); // old hashes are replaced at login
 * }</pre>
 *
 * <p>Implement this for an algorithm that they lack, a native library or a hardware module. It is
 * called once for each login and each new password, on the request's thread; {@link PasswordLogin} limits the number of
 * parallel calls.
 *
 * <ul>
 *   <li>A stored hash of another format, a damaged one, or one whose parameters exceed the implementation's bounds: {@link
 *       #recognises} and {@link #verify} return false without computing anything.
 *   <li>A wrong password: false, never an exception.
 *   <li>The empty password never matches.
 *   <li>A password that the algorithm cannot process as a whole, such as one beyond the 72 bytes of bcrypt: {@link #hash}
 *       throws {@link IllegalArgumentException} and {@link #verify} returns false or throws it. {@link PasswordLogin} rejects
 *       it like a wrong one.
 * </ul>
 *
 * Never invent cryptography, never trim, case-fold or truncate a password, never put a password or a hash into a message;
 * compare with {@link java.security.MessageDigest#isEqual}. Implement {@code PasswordHasherContract} of {@code
 * auth-testkit} to test it. Implementations are safe for use by several threads.
 *
 * <p>Mirrors Django's {@code BasePasswordHasher}.
 */
public interface PasswordHasher {

    /**
     * Hashes a password with a new salt and the current parameters.
     *
     * @param password the password
     * @return the hash to store, which includes its parameters
     * @throws IllegalArgumentException if the password is empty, or longer than the algorithm can process
     */
    String hash(Password password);

    /**
     * Verifies a password against a stored hash.
     *
     * @param password the password; a lone surrogate in it counts as {@code ?}
     * @param stored the stored hash, any string at all
     * @return true if the hash is of this password; false if not, or if it is not recognised
     * @throws IllegalArgumentException if the password is longer than the algorithm can process
     */
    boolean verify(Password password, String stored);

    /**
     * Returns whether {@link #verify} can verify a stored hash.
     *
     * @param stored the stored hash, any string at all
     * @return true if it has this hasher's format, is complete and within bounds
     */
    boolean recognises(String stored);

    /**
     * Returns whether a stored hash should be replaced at the next login (Django's {@code must_update}).
     *
     * @param stored the stored hash, any string at all
     * @return true if it is not recognised, or weaker than what {@link #hash} produces
     */
    boolean needsRehash(String stored);

    /**
     * Performs the work by which a {@link #verify} of this stored hash was cheaper than one of a current hash, or of the
     * most expensive hash verified so far, so that the duration of a failed login does not distinguish accounts with old
     * hashes from accounts with new ones or unknown ones (CVE-2016-2513). Called after a failed verification, and by
     * {@link #preferring} with a new hash; does nothing by default.
     *
     * <p>Stored hashes more expensive than current ones are not replaced, so those of this library remember
     * the highest cost verified so far and top up to it from then on.
     *
     * <p>Mirrors Django's {@code harden_runtime}.
     *
     * @param password the password, not empty
     * @param stored the hash just verified or just produced, recognised by this hasher
     */
    default void topUp(Password password, String stored) {}

    /**
     * Returns PBKDF2-HMAC-SHA256 with the 600,000 iterations that OWASP recommends, in Django's format, computed by the
     * JDK.
     */
    static PasswordHasher pbkdf2() {
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
    static PasswordHasher pbkdf2(int iterations) {
        return new Pbkdf2Hasher(iterations);
    }

    /**
     * Returns argon2id with 19 MiB of memory, two passes and one lane, as OWASP recommends (RFC 9106). It requires the
     * optional dependency Bouncy Castle.
     *
     * @throws IllegalStateException if {@code org.bouncycastle:bcprov-jdk18on} is not on the class path
     */
    static PasswordHasher argon2id() {
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
    static PasswordHasher argon2id(int memoryKib, int iterations, int parallelism) {
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
    static PasswordHasher preferring(PasswordHasher first, PasswordHasher... older) {
        return new PreferringHasher(first, List.of(older));
    }
}
