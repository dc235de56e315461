package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.user.Paging;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Logs users in to sessions and out of them.
 *
 * <p>Sessions are the container's, or are kept in a {@link SessionStore} that all servers share; only the latter can be
 * listed and revoked, by {@link #stored()}.
 *
 * <p><b>Security.</b> A login gives the session a new id, so a planted one is never taken over. The session of another
 * user is invalidated first, with all its data. A session becomes invalid when its user's password changes.
 *
 * <p>Immutable and safe for use by several threads. Mirrors Django's {@code login}, {@code logout} and {@code get_user}
 * (drf-contract SE-3 to SE-6).
 */
public final class SessionLogin {

    private final UserStore users;
    private final Sessions sessions;
    private final Optional<StoredSessions> stored;

    /** Creates a service for the sessions of the container. */
    public SessionLogin(UserStore users) {
        this.users = Objects.requireNonNull(users, "users");
        this.sessions = new ContainerSessions(users);
        this.stored = Optional.empty();
    }

    /** Creates a service for sessions in a store. */
    public SessionLogin(UserStore users, SessionStore store, SessionSettings settings, Clock clock) {
        this.users = Objects.requireNonNull(users, "users");
        this.sessions = CookieSessions.of(users, store, settings, clock);
        this.stored = Optional.of(new StoredSessions(store, clock));
    }

    /**
     * Starts a session for an account as it was when its password was checked. If the password changes in the meantime,
     * the session is created already invalid.
     *
     * <p><b>Security.</b> It runs no login step and reports no event. A login that identifies a user ends in {@code
     * LoginFlow}, whose issuer "session" calls this.
     *
     * @return what the response must contain
     */
    public Started login(AuthRequest request, StoredUser account) {
        return sessions.begin(request, account);
    }

    /**
     * Starts a session for a user who was identified by other means than a password.
     *
     * <p><b>Security.</b> As for {@link #login(AuthRequest, StoredUser)}: no login step runs.
     *
     * @return what the response must contain
     * @throws IllegalArgumentException if the user does not exist
     */
    public Started login(AuthRequest request, String userId) {
        StoredUser user = users.findById(userId)
                .orElseThrow(() -> new IllegalArgumentException("no user with this id to log in"));
        return login(request, user);
    }

    /**
     * Returns why the client's next request will not be recognised by the session that was just started, as far as it is
     * known, such as a {@code Secure} cookie over plain HTTP.
     */
    public Optional<String> unrecognized(AuthRequest request) {
        return sessions.unrecognized(request);
    }

    /**
     * Ends the request's session.
     *
     * @return the {@code Set-Cookie} value that the response must contain; empty if the container sends its own
     */
    public Optional<String> logout(AuthRequest request) {
        return sessions.end(request);
    }

    /** Returns the CSRF secret that is bound to the request's session; empty without a session, or if none is bound. */
    public Optional<String> csrfSecret(AuthRequest request) {
        return sessionOf(request).flatMap(CurrentSession::csrfSecret);
    }

    /** Returns the service that lists and revokes sessions; empty if they are the container's. */
    public Optional<StoredSessions> stored() {
        return stored;
    }

    /** Returns the session that the request's cookies alone identify, or empty. */
    Optional<CurrentSession> sessionOf(AuthRequest request) {
        return sessionOf(request, secret -> false);
    }

    /**
     * Returns the request's session, or empty. A session whose user is gone or has another password is ended.
     *
     * @param proven whether the client has the CSRF secret of a session that its cookies alone do not identify
     */
    Optional<CurrentSession> sessionOf(AuthRequest request, Predicate<String> proven) {
        return sessions.find(request, proven);
    }

    /**
     * What a login sends to the browser; {@code toString()} omits the secrets.
     *
     * @param csrfSecret the secret for the CSRF cookie of the session
     * @param setCookie the {@code Set-Cookie} value that the response must contain; empty if the container sends its own
     */
    public record Started(String csrfSecret, Optional<String> setCookie) {
        @Override
        public String toString() {
            return "SessionLogin.Started[***]";
        }
    }

    /**
     * Lists and revokes the sessions in a {@link SessionStore}. Immutable and safe for use by several threads.
     */
    public static final class StoredSessions {

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
}
