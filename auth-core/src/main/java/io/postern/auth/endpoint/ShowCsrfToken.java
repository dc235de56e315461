package io.postern.auth.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.LiveSession;
import io.postern.auth.session.SessionLogin;
import java.util.Map;

/** Gives the client its CSRF cookie, and the token in another mask each time. */
record ShowCsrfToken(SessionLogin sessions, Csrf csrf) implements Endpoint {

    @Override
    public EndpointResponse handle(EndpointRequest request) {
        AuthRequest client = request.request();
        String secret = sessions.sessionOf(client)
                .flatMap(LiveSession::csrfSecret)
                .or(() -> csrf.secretOf(client))
                .orElseGet(csrf::newSecret);
        return EndpointResponse.json(200, Map.of("csrfToken", csrf.mask(secret)))
                .with("Set-Cookie", csrf.setCookie(client, secret));
    }
}
