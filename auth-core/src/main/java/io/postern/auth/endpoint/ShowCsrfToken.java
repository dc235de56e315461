package io.postern.auth.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import java.util.Map;

/** Gives the client its CSRF cookie, and the token in another mask each time. */
record ShowCsrfToken(SessionLogin sessions, Csrf csrf) implements Endpoint {

    @Override
    public AuthResponse handle(EndpointRequest request) {
        AuthRequest client = request.request();
        String secret = sessions.csrfSecret(client)
                .or(() -> csrf.secretOf(client))
                .orElseGet(csrf::newSecret);
        return AuthResponse.json(200, Map.of("csrfToken", csrf.mask(secret)))
                .with("Set-Cookie", csrf.setCookie(client, secret));
    }
}
