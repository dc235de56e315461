package io.postern.auth.login;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.SessionHandle;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.user.StoredUser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Starts a session with a new id and a new CSRF secret. */
record SessionIssuer(SessionLogin sessions, Csrf csrf) implements CredentialIssuer {

    @Override
    public String name() {
        return "session";
    }

    @Override
    public Optional<Denial> refuse(AuthRequest request) {
        if (sessions.stored().isEmpty() && request.session().equals(SessionHandle.none())) {
            // The framework has no sessions: refused before the password is checked.
            return Optional.of(Denial.notFound());
        }
        return csrf.refuseForeignOrigin(request).map(Denial::csrfFailed);
    }

    @Override
    public Optional<String> unrecognized(AuthRequest request) {
        return sessions.unrecognized(request);
    }

    @Override
    public AuthResponse issue(LoginAttempt attempt, StoredUser user) {
        SessionLogin.Started session = sessions.login(attempt.request(), user);
        String secret = session.csrfSecret();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user", user.user().username());
        body.put("csrfToken", csrf.mask(secret));
        AuthResponse response =
                AuthResponse.json(200, body).withHeader("Set-Cookie", csrf.setCookie(attempt.request(), secret));
        return session.setCookie()
                .map(cookie -> response.withHeader("Set-Cookie", cookie))
                .orElse(response);
    }
}
