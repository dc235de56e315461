package io.postern.auth.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.session.SessionStarted;
import io.postern.auth.user.StoredUser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Name and password for a session with a new id and a new CSRF secret. */
record LogIn(LoginForm form, SessionLogin sessions, Csrf csrf) implements Endpoint {

    @Override
    public AuthResponse handle(EndpointRequest request) {
        ErrorResponses errors = form.body().errors();
        Optional<String> foreign = csrf.refuseForeignOrigin(request.request());
        if (foreign.isPresent()) {
            throw new DeniedException(Denial.csrfFailed(foreign.get()));
        }
        AuthResponse refusal =
                errors.of(Denial.of(400, "Unable to log in with provided credentials.", "authorization"));
        AuthResponse answer = form.answer(
                request, "session", LoginForm.Trim.NOTHING, refusal, (account, fields) -> welcome(request, account));
        boolean fieldsAreWrong = answer.status() == 400;
        return fieldsAreWrong ? refusal : answer;
    }

    private AuthResponse welcome(EndpointRequest request, StoredUser account) {
        SessionStarted session = sessions.login(request.request(), account);
        String secret = session.csrfSecret();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user", account.user().username());
        body.put("csrfToken", csrf.mask(secret));
        AuthResponse answer =
                AuthResponse.json(200, body).withHeader("Set-Cookie", csrf.setCookie(request.request(), secret));
        return session.setCookie()
                .map(cookie -> answer.withHeader("Set-Cookie", cookie))
                .orElse(answer);
    }
}
