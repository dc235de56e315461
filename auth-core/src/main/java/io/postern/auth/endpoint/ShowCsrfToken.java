package io.postern.auth.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import java.util.Map;

/** Sets the CSRF cookie, and returns the token with a new mask each time. */
record ShowCsrfToken(SessionLogin sessions, Csrf csrf) implements Endpoint {

    @Override
    public AuthResponse handle(EndpointRequest request) {
        AuthRequest client = request.request();
        String secret =
                sessions.csrfSecret(client).or(() -> csrf.secretOf(client)).orElseGet(csrf::newSecret);
        return AuthResponse.json(200, Map.of("csrfToken", csrf.mask(secret)))
                .withHeader("Set-Cookie", csrf.setCookie(client, secret));
    }
}
