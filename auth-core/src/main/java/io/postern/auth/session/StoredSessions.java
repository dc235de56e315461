package io.postern.auth.session;

import io.postern.auth.user.Paging;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Lists and revokes the sessions in a {@link SessionStore}. Immutable and safe for use by several threads.
 */
public final class StoredSessions {

    private final SessionStore store;
    private final Clock clock;

    StoredSessions(SessionStore store, Clock clock) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Returns the unexpired sessions of a user, oldest first. */
    public List<StoredSession> list(String userId, Paging paging) {
        return store.list(userId, clock.instant(), paging);
    }

    /**
     * Revokes a session; when this returns, it is rejected on every server.
     *
     * @param userId the user who must own it
     * @param id the session's id
     * @return false if there was no such session
     */
    public boolean revoke(String userId, String id) {
        return store.remove(userId, id);
    }

    /** Revokes all sessions of a user but the one with an id, and returns their number. */
    public int revokeOthers(String userId, String keptId) {
        return store.removeAll(userId, Optional.of(keptId));
    }

    /** Revokes all sessions of a user and returns their number. */
    public int revokeAll(String userId) {
        return store.removeAll(userId, Optional.empty());
    }

    /** Deletes up to {@code limit} expired sessions and returns the number deleted. */
    public int deleteExpired(int limit) {
        return store.deleteExpired(clock.instant(), limit);
    }
}
