package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.User;
import java.util.Objects;
import java.util.Optional;

/**
 * Authenticates the user who is logged in to the request's session, and requires a CSRF token with unsafe methods.
 *
 * <p>Without a session, or with that of a deactivated user: not attempted, and no CSRF check either. It has no challenge,
 * so a policy that begins with it responds with 403.
 *
 * <p>Immutable and safe for use by several threads. Mirrors DRF's {@code SessionAuthentication} (drf-contract SA-1 to
 * SA-5).
 */
public final class SessionAuthenticator implements Authenticator {

    private final SessionLogin sessions;
    private final Csrf csrf;

    /** Creates an authenticator. */
    public SessionAuthenticator(SessionLogin sessions, Csrf csrf) {
        this.sessions = Objects.requireNonNull(sessions, "sessions");
        this.csrf = Objects.requireNonNull(csrf, "csrf");
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        Optional<CurrentSession> session = sessions.sessionOf(request, secret -> csrf.hasSecret(request, secret));
        if (session.isEmpty()) {
            return AuthResult.notAttempted();
        }
        User user = session.get().user().user();
        return user.isActive()
                ? csrf.protect(
                        request, session.get().csrfSecret(), new AuthResult.Authenticated(user, Optional.empty()))
                : AuthResult.notAttempted();
    }

    /** Returns whether the sessions are the container's, which sends their cookie, and not in a {@link SessionStore}. */
    public boolean usesContainerSessions() {
        return sessions.stored().isEmpty();
    }

    @Override
    public String name() {
        return "session";
    }
}
