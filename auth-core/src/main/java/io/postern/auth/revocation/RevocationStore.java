package io.postern.auth.revocation;

import io.postern.auth.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Stores revocations for all nodes.
 *
 * <p>Implement this for a store of your own, and test it by {@code RevocationStoreContract} of {@code auth-testkit}. {@link
 * #add} is called at logout and similar operations; {@link #isRevoked} on each request with {@link
 * Revocations.Builder#alwaysCheckStore}, on the request's thread, so it needs a timeout of about a second; {@link #since} twice
 * a second by each node otherwise, on a thread of its own, whose context class loader is the library's. Keys are compared exactly. When the store cannot answer,
 * throw {@link StoreException}. Implementations are safe for use by several threads.
 */
public interface RevocationStore {

    /**
     * Adds some revocations, all or none. When this returns, {@link #isRevoked} and {@link #since} see them on every
     * node.
     *
     * <p>A revocation with the kind and key of an existing one is merged with it: the later of both times and of both
     * expiries counts, and the feed contains it again.
     *
     * @throws StoreException if they may not have been added
     */
    void add(List<Revocation> revocations);

    /**
     * Returns whether any entry matches a token, see {@link Revocation#matches}; query its three ids in one round trip.
     *
     * @param token the token, which has not expired
     * @throws StoreException if the store cannot answer
     */
    boolean isRevoked(Revocation.Subject token);

    /**
     * Returns entries in the order in which they became visible: the feed that each node follows.
     *
     * <p><b>Security.</b> An entry that the feed skips is a logout that never takes effect. Numbers that a database
     * generates (identity, sequence) are not such an order: a transaction may commit later than one with a larger number,
     * when a reader has already passed it. Either take the numbers from one row that the adding transaction locks until it
     * commits, or return young entries again: let the cursor of a last page stay before all entries younger, by the
     * database's clock, than an adding transaction can last. Entries may be returned twice. Never derive numbers from the
     * largest one present: after a deletion they would start again below the cursors of the readers. And read from where
     * {@link #add} writes, since the lag of a replica prolongs the time in which a revoked token is accepted.
     *
     * @param cursor 0 for the beginning, or the cursor of any earlier page, whatever was deleted since
     * @param limit the maximum number of entries, at least 1
     * @return the entries after the cursor
     * @throws StoreException if the store cannot answer
     */
    Page since(long cursor, int limit);

    /**
     * Deletes expired entries. Call it until it returns less than the limit.
     *
     * @param before the time before which they expired
     * @param limit the maximum number to delete
     * @return the number deleted
     * @throws StoreException if the store cannot answer
     */
    int deleteExpired(Instant before, int limit);

    /**
     * A page of the feed.
     *
     * @param entries the entries, oldest first
     * @param cursor where to continue; a reader stores it only if this is the last page
     * @param more whether there are more pages; if so, the cursor differs from the one passed in
     */
    record Page(List<Revocation> entries, long cursor, boolean more) {

        /** Copies the list. */
        public Page {
            entries = List.copyOf(Objects.requireNonNull(entries, "entries"));
        }
    }
}
