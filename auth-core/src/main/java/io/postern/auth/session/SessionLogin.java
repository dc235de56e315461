package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.SessionHandle;
import io.postern.auth.internal.ConstantTime;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Logs users in to sessions and out of them, and says whose a session is.
 *
 * <p><b>Security.</b> A login gives the session a new id, so a planted one is never taken over. A session of somebody
 * else is ended first, with all it holds. A session dies when its user's password changes.
 *
 * <p>Immutable and safe for use by several threads. Mirrors Django's {@code login}, {@code logout} and {@code get_user}
 * (drf-contract SE-3 to SE-6).
 */
public final class SessionLogin {

    private static final String USER = "io.postern.user";
    private static final String STAMP = "io.postern.stamp";
    private static final String SECRET = "io.postern.csrf";

    private final UserStore users;

    /**
     * Creates it.
     *
     * @param users who exists
     */
    public SessionLogin(UserStore users) {
        this.users = Objects.requireNonNull(users, "users");
    }

    /**
     * Binds the request's session to a user, whose password was checked before.
     *
     * @param request the request
     * @param userId the user's id
     * @param csrfSecret the new secret that the session's requests have to prove
     * @throws IllegalArgumentException if there is no such user
     */
    public void login(AuthRequest request, String userId, String csrfSecret) {
        StoredUser user =
                users.findById(userId).orElseThrow(() -> new IllegalArgumentException("no user of that id to log in"));
        SessionHandle session = request.session();
        if (session.attribute(USER).filter(id -> !id.equals(userId)).isPresent()) {
            session.end();
        }
        session.start(Map.of(USER, userId, STAMP, user.stamp(), SECRET, csrfSecret));
    }

    /**
     * Ends the request's session.
     *
     * @param request the request
     */
    public void logout(AuthRequest request) {
        request.session().end();
    }

    /**
     * Returns whose session it is. One whose user is gone or has another password since is ended.
     *
     * @param request the request
     * @return the user, active or not; empty if nobody is logged in
     */
    public Optional<StoredUser> userOf(AuthRequest request) {
        SessionHandle session = request.session();
        Optional<String> id = session.attribute(USER);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        String stamp = session.attribute(STAMP).orElse("");
        Optional<StoredUser> user = users.findById(id.get()).filter(found -> ConstantTime.equals(found.stamp(), stamp));
        if (user.isEmpty()) {
            session.end();
        }
        return user;
    }

    /**
     * Returns the CSRF secret that the session was given at login.
     *
     * @param request the request
     * @return the secret, or empty
     */
    public Optional<String> csrfSecretOf(AuthRequest request) {
        return request.session().attribute(SECRET);
    }
}
