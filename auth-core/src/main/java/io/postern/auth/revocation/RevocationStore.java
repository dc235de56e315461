package io.postern.auth.revocation;

import io.postern.auth.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Keeps revocations where all nodes see them.
 *
 * <p>Implement this to keep them where you like; implement {@code RevocationStoreContract} of {@code auth-testkit} to test
 * it. {@link #add} is called at logout and its like; {@link #isRevoked} on each request in strict mode; {@link #since} a
 * few times a second by each node in feed mode; always on the thread of a request, so each call needs a time-out of a
 * second or so. Keys are compared exactly, by every character and case. When the store cannot answer, throw {@link
 * StoreException}. Implementations are safe for use by several threads.
 */
public interface RevocationStore {

    /**
     * Keeps some revocations, all or none. When this returns, {@link #isRevoked} and {@link #since} see them on every
     * node.
     *
     * <p>A revocation of a kind and key that are there already adds to what was there: the later time of each pair
     * holds, and the feed tells it again.
     *
     * @param revocations the entries
     * @throws StoreException if they may not have been kept
     */
    void add(List<Revocation> revocations);

    /**
     * Tells whether any entry hits a token, see {@link Revocation#matches}; ask by its three ids in one round trip.
     *
     * @param token the token, which has not expired
     * @return true if it is to be refused
     * @throws StoreException if the store cannot answer
     */
    boolean isRevoked(RevocationSubject token);

    /**
     * Returns entries in the order in which they became visible: the feed that each node follows.
     *
     * <p><b>Security.</b> An entry that the feed skips is a logout that never happens. Numbers that a database hands out
     * (identity, sequence) are no such order: a transaction may commit later than one with a larger number, when a
     * reader has gone past it already. Either take the numbers from one row that the adding transaction keeps locked
     * until it commits, or read young entries again: let the cursor of a last page stay before all entries younger,
     * by the database's clock, than an adding transaction can last. Entries may be told twice. Never derive numbers
     * from the largest one present: after a purge they would start again below the cursors of the readers. And read
     * where {@link #add} writes, since the lag of a replica adds to the time in which a dead token is let in.
     *
     * @param cursor 0 for the beginning, or the cursor of any earlier page, whatever was purged since
     * @param limit how many entries at the most, at least 1
     * @return the entries after the cursor
     * @throws StoreException if the store cannot answer
     */
    Page since(long cursor, int limit);

    /**
     * Forgets some entries that have expired; call it until it returns less than the limit.
     *
     * @param before entries that expired before this are forgotten
     * @param limit how many at the most
     * @return how many it forgot
     * @throws StoreException if the store cannot answer
     */
    int deleteExpired(Instant before, int limit);

    /**
     * A piece of the feed.
     *
     * @param entries the entries, oldest first
     * @param cursor where to go on; a reader keeps it for good only if this is the last page
     * @param more whether to go on at once; the cursor is another one then
     */
    record Page(List<Revocation> entries, long cursor, boolean more) {

        /**
         * Copies the list.
         *
         * @param entries the entries
         * @param cursor where to go on
         * @param more whether there are more
         */
        public Page {
            entries = List.copyOf(Objects.requireNonNull(entries, "entries"));
        }
    }
}
