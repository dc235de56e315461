package io.postern.auth.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.session.SessionLogin;
import java.time.Clock;
import java.util.Optional;

/** Invalidates the session; its policy requires one, and thereby a CSRF token. */
record LogOut(SessionLogin sessions, AuthListener listener, Clock clock) implements Endpoint {

    @Override
    public AuthResponse handle(EndpointRequest request) {
        Optional<String> deletion = sessions.logout(request.request());
        String userId = request.authentication().user().id();
        listener.on(new AuthEvent.LoggedOut(
                clock.instant(), userId, request.request().remoteAddress()));
        AuthResponse response = AuthResponse.empty(204);
        return deletion.map(cookie -> response.withHeader("Set-Cookie", cookie)).orElse(response);
    }
}
