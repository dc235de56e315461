package io.postern.auth.revocation;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * Checks tokens in a {@link FeedCopy} that another thread keeps up to date, so that a store that hangs delays no request.
 *
 * <p>A request waits only for the first poll after a start or a pause, once for all and no longer than {@code maxStaleness}.
 */
final class RevocationFeed implements AutoCloseable {

    private final RevocationStore store;
    private final FeedCopy copy;
    private final FeedPoller poller;
    private final LongSupplier ticker;

    RevocationFeed(RevocationStore store, FeedCopy copy, FeedPoller poller, LongSupplier ticker) {
        this.store = store;
        this.copy = copy;
        this.poller = poller;
        this.ticker = ticker;
    }

    boolean isRevoked(Revocation.Subject token) {
        long now = ticker.getAsLong();
        poller.onRequest(now);
        return copy.isUsable(now) ? copy.matches(token) : isRevokedBeyondMemory(token);
    }

    /** Adds what this node has just added to the store. */
    void learn(List<Revocation> entries) {
        copy.learn(entries);
    }

    @Override
    public void close() {
        poller.close();
    }

    private boolean isRevokedBeyondMemory(Revocation.Subject token) {
        if (!copy.isFull()) {
            poller.awaitPoll();
        }
        long now = ticker.getAsLong();
        if (copy.isUsable(now)) {
            return copy.matches(token);
        }
        if (copy.isFull() || copy.isLoading(now)) {
            return store.isRevoked(token);
        }
        throw copy.unavailable();
    }
}
