package io.postern.auth.onetime;

import java.time.Instant;
import java.util.Optional;

/**
 * Stores one-time secrets by digest: pending logins, verification and reset links, mailed codes, OIDC states, passkey
 * challenges.
 *
 * <p>There are two ways to use one. A secret of full entropy, such as the key in a link, is its own proof: {@link #find}
 * when a page shows it, {@link #consume} when it is used. A short code is stored under the digest of a handle and compared
 * by the caller: {@link #attempt} before each comparison, {@link #consume} after the one that succeeded.
 *
 * <p>Implement this to store secrets where you like. A digest is unique; a method that is called with another purpose than
 * the secret's behaves as if the secret were absent, and so does every method for an expired one. Times are stored to the
 * microsecond at least and compared with the {@code now} of the call, never with a clock of the store's own. Digests and
 * ids are hostile input of any length. When the store is unavailable, throw {@link io.postern.auth.StoreException}.
 * Implement {@code OneTimeStoreContract} of {@code auth-testkit} to test it. Implementations are safe for use by several
 * threads, and each method is atomic.
 */
public interface OneTimeStore {

    /**
     * Adds a secret.
     *
     * @param now the current time, from which a store whose rows expire by themselves computes their lifetime
     * @throws IllegalStateException if its digest exists, expired or not; nothing is overwritten
     */
    void add(OneTimeSecret secret, Instant now);

    /**
     * Returns a secret without consuming it and without counting an attempt. A GET of a link, which scanners and
     * previews issue too, does no more than this.
     *
     * @param digest 64 hex digits
     * @param purpose what it must be for
     * @param now the current time
     * @return the secret, whether or not it has attempts left; empty if it does not exist or has expired
     */
    Optional<OneTimeSecret> find(String digest, String purpose, Instant now);

    /**
     * Removes a secret and returns it. Of several parallel callers, on whatever servers, exactly one receives it. The
     * attempts left do not matter, so that the last attempt can succeed.
     *
     * @param digest 64 hex digits
     * @param purpose what it must be for
     * @param now the current time
     * @return the secret; empty if it does not exist, has expired, or was consumed
     */
    Optional<OneTimeSecret> consume(String digest, String purpose, Instant now);

    /**
     * Counts an attempt: decrements the attempts left if there are any. A secret with {@code n} attempts left is
     * returned to at most {@code n} callers, however many call in parallel.
     *
     * @param digest 64 hex digits
     * @param purpose what it must be for
     * @param now the current time
     * @return the secret after the decrement, where parallel attempts may have been subtracted already; empty if it does
     *     not exist, has expired, or had no attempts left
     */
    Optional<OneTimeSecret> attempt(String digest, String purpose, Instant now);

    /**
     * Removes all secrets of a user, as after the deletion of the user.
     *
     * @param userId the user
     * @return the number removed, expired ones included
     */
    int removeAll(String userId);

    /**
     * Removes all secrets of a user for one purpose, as before a new link replaces the ones sent earlier.
     *
     * @param userId the user
     * @param purpose what they are for
     * @return the number removed, expired ones included
     */
    int removeAll(String userId, String purpose);

    /**
     * Deletes expired secrets; call it until it returns less than the limit. A store whose rows expire by themselves
     * returns 0.
     *
     * @param now the current time
     * @param limit the largest number to delete
     * @return the number deleted
     */
    int deleteExpired(Instant now, int limit);
}
