package io.postern.auth.session;

import io.postern.auth.user.Paging;
import io.postern.auth.user.UserStore;
import io.postern.auth.user.WithUser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps sessions by the digests of their cookies, several for each user, so that they outlive a restart and are known on
 * every server.
 *
 * <p>Implement this to keep sessions where you like. {@link #findWithUser} is called on each request with a session's
 * cookie, the rest at login, logout and by owners; all on the caller's thread. Never keep a cookie's text. When the store
 * cannot answer, throw {@link io.postern.auth.StoreException}; an empty answer means that there is no such session.
 * Implement {@code SessionStoreContract} of {@code auth-testkit} to test it. Implementations are safe for use by several
 * threads, and each method is atomic. Times are kept to the microsecond at least.
 *
 * <p>Stands where Django has its session engines.
 */
public interface SessionStore {

    /**
     * Returns the session of a digest, expired or not.
     *
     * @param digest 64 hex digits
     * @return the session, or empty
     */
    Optional<StoredSession> find(String digest);

    /**
     * Returns the session of a digest, expired or not, and its user; override it where one query can do both.
     *
     * @param digest 64 hex digits
     * @param users who exists
     * @return the session and its user, or empty
     */
    default Optional<WithUser<StoredSession>> findWithUser(String digest, UserStore users) {
        return find(digest).map(session -> new WithUser<>(session, users.findById(session.userId())));
    }

    /**
     * Keeps a new session.
     *
     * @param session the session
     * @throws IllegalStateException if its digest is taken already; nothing is overwritten
     */
    void add(StoredSession session);

    /**
     * Notes the use of a session; does nothing if it is gone.
     *
     * @param digest the session
     * @param when when it was used
     * @param expires when it ends now
     */
    void touch(String digest, Instant when, Instant expires);

    /**
     * Returns sessions of a user.
     *
     * @param userId the user
     * @param now the present; sessions expired by then are left out
     * @param paging which of them
     * @return the sessions, oldest first
     */
    List<StoredSession> list(String userId, Instant now, Paging paging);

    /**
     * Forgets a session. When this returns, no caller finds it any more.
     *
     * @param userId whose it must be
     * @param id the session
     * @return false if there was none
     */
    boolean remove(String userId, String id);

    /**
     * Forgets the sessions of a user.
     *
     * @param userId the user
     * @param except one that stays, if any
     * @return how many it forgot
     */
    int removeAll(String userId, Optional<String> except);

    /**
     * Forgets some sessions that have expired; call it until it returns less than the limit. A store whose rows end by
     * themselves returns 0.
     *
     * @param now the present
     * @param limit how many at the most
     * @return how many it forgot
     */
    int deleteExpired(Instant now, int limit);
}
