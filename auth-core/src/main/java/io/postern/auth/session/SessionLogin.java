package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.internal.RandomText;
import io.postern.auth.user.Paging;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Logs users in to sessions and out of them, says whose a session is, and ends the sessions of a user.
 *
 * <p>Sessions are the container's, or are kept in a {@link SessionStore} where all servers see them. Only the latter can
 * be listed and ended from elsewhere.
 *
 * <p><b>Security.</b> A login gives the session a new id, so a planted one is never taken over. A session of somebody
 * else is ended first, with all it holds. A session dies when its user's password changes.
 *
 * <p>Immutable and safe for use by several threads. Mirrors Django's {@code login}, {@code logout} and {@code get_user}
 * (drf-contract SE-3 to SE-6).
 */
public final class SessionLogin {

    private final UserStore users;
    private final Sessions sessions;
    private final Optional<SessionStore> store;
    private final Clock clock;

    /**
     * Creates one for the sessions of the container.
     *
     * @param users who exists
     */
    public SessionLogin(UserStore users) {
        this.users = Objects.requireNonNull(users, "users");
        this.sessions = new ContainerSessions(users);
        this.store = Optional.empty();
        this.clock = Clock.systemUTC();
    }

    /**
     * Creates one for sessions in a store.
     *
     * @param users who exists
     * @param store keeps the sessions
     * @param settings how long they live, and their cookie
     * @param clock says what has expired
     */
    public SessionLogin(UserStore users, SessionStore store, SessionSettings settings, Clock clock) {
        this.users = Objects.requireNonNull(users, "users");
        this.sessions = new StoredSessions(users, store, settings, clock, new RandomText());
        this.store = Optional.of(store);
        this.clock = clock;
    }

    /**
     * Gives the request a new session of an account as it was when its password was checked: if the password changes
     * meanwhile, the session is over before it begins.
     *
     * @param request the request
     * @param account the account
     * @return what the answer must carry
     */
    public SessionStarted login(AuthRequest request, StoredUser account) {
        return sessions.begin(request, account);
    }

    /**
     * Gives the request a new session of a user who was found by other means than a password.
     *
     * @param request the request
     * @param userId the user's id
     * @return what the answer must carry
     * @throws IllegalArgumentException if there is no such user
     */
    public SessionStarted login(AuthRequest request, String userId) {
        StoredUser user =
                users.findById(userId).orElseThrow(() -> new IllegalArgumentException("no user of that id to log in"));
        return login(request, user);
    }

    /**
     * Ends the request's session.
     *
     * @param request the request
     * @return the {@code Set-Cookie} value that the answer must carry; empty if the container sees to it
     */
    public Optional<String> logout(AuthRequest request) {
        return sessions.end(request);
    }

    /**
     * Returns the request's session. One whose user is gone or has another password since is ended.
     *
     * @param request the request
     * @return the session; empty if nobody is logged in
     */
    public Optional<CurrentSession> sessionOf(AuthRequest request) {
        return sessions.find(request);
    }

    boolean areKept() {
        return store.isPresent();
    }

    /**
     * Returns where a user is logged in.
     *
     * @param userId the user
     * @param paging which of the sessions
     * @return the live sessions, oldest first
     * @throws IllegalStateException if sessions are the container's
     */
    public List<StoredSession> list(String userId, Paging paging) {
        return kept().list(userId, clock.instant(), paging);
    }

    /**
     * Ends one session of a user; when this returns, it is refused on every server.
     *
     * @param userId whose it must be
     * @param id the session
     * @return false if there was none
     * @throws IllegalStateException if sessions are the container's
     */
    public boolean end(String userId, String id) {
        return kept().remove(userId, id);
    }

    /**
     * Ends the sessions of a user.
     *
     * @param userId the user
     * @param except the id of one that stays, if any
     * @return how many were ended
     * @throws IllegalStateException if sessions are the container's
     */
    public int endAll(String userId, Optional<String> except) {
        return kept().removeAll(userId, except);
    }

    /**
     * Forgets some sessions that have expired; call it until it returns less than the limit.
     *
     * @param limit how many at the most
     * @return how many it forgot; 0 if sessions are the container's
     */
    public int deleteExpired(int limit) {
        return store.map(kept -> kept.deleteExpired(clock.instant(), limit)).orElse(0);
    }

    private SessionStore kept() {
        return store.orElseThrow(() -> new IllegalStateException(
                "sessions are the container's: add .sessions(store, session -> session) to the builder"));
    }
}
