package io.postern.auth.password;

/**
 * Hashes passwords and verifies them against stored hashes.
 *
 * <p>Implement this for an algorithm that {@link PasswordHashers} lacks, a native library or a hardware module. It is
 * called once for each login and each new password, on the request's thread; {@link PasswordLogin} limits the number of
 * parallel calls.
 *
 * <ul>
 *   <li>A stored hash of another format, a damaged one, or one whose parameters exceed the implementation's bounds: {@link
 *       #recognises} and {@link #verify} return false without computing anything.
 *   <li>A wrong password: false, never an exception.
 *   <li>The empty password never matches.
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
     * @throws IllegalArgumentException if the password is empty
     */
    String hash(Password password);

    /**
     * Verifies a password against a stored hash.
     *
     * @param password the password; a lone surrogate in it counts as {@code ?}
     * @param stored the stored hash, any string at all
     * @return true if the hash is of this password; false if not, or if it is not recognised
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
     * {@link PasswordHashers#preferring} with a new hash; does nothing by default.
     *
     * <p>Stored hashes more expensive than current ones are not replaced, so the hashers of {@link PasswordHashers} remember
     * the highest cost verified so far and top up to it from then on.
     *
     * <p>Mirrors Django's {@code harden_runtime}.
     *
     * @param password the password, not empty
     * @param stored the hash just verified or just produced, recognised by this hasher
     */
    default void topUp(Password password, String stored) {}
}
