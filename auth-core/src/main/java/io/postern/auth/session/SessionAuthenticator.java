package io.postern.auth.session;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import io.postern.auth.Denial;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the user that the request's session is bound to, and asks for a CSRF token where the request could change
 * something.
 *
 * <p>Nobody logged in, or a user who was deactivated: not attempted, and no CSRF check either. It has no challenge, so a
 * policy that begins with it refuses with 403.
 *
 * <p>Immutable and safe for use by several threads. Mirrors DRF's {@code SessionAuthentication} (drf-contract SA-1 to
 * SA-5).
 */
public final class SessionAuthenticator implements Authenticator {

    private final SessionLogin sessions;
    private final Csrf csrf;

    /**
     * Creates it.
     *
     * @param sessions says whose a session is
     * @param csrf the proof asked of unsafe requests
     */
    public SessionAuthenticator(SessionLogin sessions, Csrf csrf) {
        this.sessions = Objects.requireNonNull(sessions, "sessions");
        this.csrf = Objects.requireNonNull(csrf, "csrf");
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        Optional<CurrentSession> session =
                sessions.sessionOf(request).filter(found -> found.user().user().isActive());
        if (session.isEmpty()) {
            return AuthResult.notAttempted();
        }
        return csrf.refuse(request, session.get().csrfSecret())
                .map(SessionAuthenticator::refused)
                .orElseGet(() -> AuthResult.authenticated(session.get().user().user()));
    }

    /**
     * Tells whether the sessions are the container's, so that their cookie is the container's to harden.
     *
     * @return false if they are kept in a {@link SessionStore}
     */
    public boolean usesSessionsOfContainer() {
        return !sessions.areKept();
    }

    @Override
    public String name() {
        return "session";
    }

    private static AuthResult refused(String reason) {
        return AuthResult.rejected(Denial.csrfFailed(reason));
    }
}
