package io.postern.auth.revocation;

/** Polls a {@link FeedCopy}, so that no request has to. Implementations are safe for use by several threads. */
interface FeedPoller {

    /**
     * Is called at the start of each check.
     *
     * @param now the time by the ticker
     */
    void onRequest(long now);

    /** Waits for the poll that a request needs, unless it has taken too long already or there will be none. */
    void awaitPoll();

    /** Ends polling; the copy is used until it is too old. Further calls have no effect. */
    void close();

    /** Creates the poller of a copy. */
    interface Factory {

        FeedPoller create(FeedCopy copy);
    }
}
