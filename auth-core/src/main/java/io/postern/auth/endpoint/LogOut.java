package io.postern.auth.endpoint;

import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.session.SessionLogin;
import java.time.Clock;
import java.util.Optional;

/** Ends the session; its policy demands one, and so a CSRF token. */
record LogOut(SessionLogin sessions, AuthListener listener, Clock clock) implements Endpoint {

    @Override
    public EndpointResponse handle(EndpointRequest request) {
        Optional<String> userId =
                sessions.userOf(request.request()).map(found -> found.user().id());
        sessions.logout(request.request());
        userId.ifPresent(id -> listener.on(
                new AuthEvent.LoggedOut(clock.instant(), id, request.request().remoteAddress())));
        return EndpointResponse.empty(204);
    }
}
