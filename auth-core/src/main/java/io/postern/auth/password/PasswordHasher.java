package io.postern.auth.password;

/**
 * Turns passwords into texts that can be stored, and holds passwords against such texts.
 *
 * <p>Implement this to use a hash that {@link PasswordHashers} lacks, a native library or a hardware module. It is
 * asked once per login and once per new password, on the thread of the request; {@link PasswordLogin} lets only so
 * many threads in at a time.
 *
 * <ul>
 *   <li>A stored text that is of another kind, damaged, or demands more work than you are ready to do:
 *       {@link #recognises} and {@link #verify} answer false before any work is done.
 *   <li>A wrong password: false, never an exception.
 *   <li>The empty password: never right.
 * </ul>
 *
 * Never invent cryptography, never trim, fold or cut a password, never put one or a hash in a message; compare with
 * {@link java.security.MessageDigest#isEqual}. Implement {@code PasswordHasherContract} of {@code auth-testkit} to test
 * it. Implementations are safe for use by several threads.
 *
 * <p>Mirrors Django's {@code BasePasswordHasher}.
 */
public interface PasswordHasher {

    /**
     * Hashes a password with a new salt and the current parameters.
     *
     * @param password the password
     * @return the text to store; it names its own parameters
     * @throws IllegalArgumentException if the password is empty
     */
    String hash(Password password);

    /**
     * Holds a password against a stored text.
     *
     * @param password the password; a lone surrogate in it counts as {@code ?}
     * @param stored the text as stored, any text at all
     * @return true if the text was made of this password; false if not, or if the text is not recognised
     */
    boolean verify(Password password, String stored);

    /**
     * Tells whether {@link #verify} would do its work on a stored text.
     *
     * @param stored the text as stored, any text at all
     * @return true if the text is of this kind, complete and within bounds
     */
    boolean recognises(String stored);

    /**
     * Tells whether a stored text should be replaced at the next chance (Django's {@code must_update}).
     *
     * @param stored the text as stored, any text at all
     * @return true if it is not recognised or weaker than what {@link #hash} writes now
     */
    boolean needsRehash(String stored);

    /**
     * Does the work that a {@link #verify} of this stored text spares compared with one of a current text, or of a
     * dearer one that was verified before, so that the time of a failed login does not tell an old account from a new
     * or an unknown one (CVE-2016-2513). Called after a failed verification, and by {@link PasswordHashers#preferring}
     * with a text just hashed; by default nothing is spared and nothing done.
     *
     * <p>Stored texts that cost more than today's stay as they are, so the hashers of {@link PasswordHashers} remember
     * the most that a {@code verify} has cost, and top up to that from then on.
     *
     * <p>Mirrors Django's {@code harden_runtime}.
     *
     * @param password the password, not empty
     * @param stored the text that was verified or just hashed, recognised by this hasher
     */
    default void topUp(Password password, String stored) {}
}
