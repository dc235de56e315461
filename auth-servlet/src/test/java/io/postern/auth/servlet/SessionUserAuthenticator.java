package io.postern.auth.servlet;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResult;
import io.postern.auth.Authenticator;
import java.util.Set;

/** Believes the session. */
record SessionUserAuthenticator() implements Authenticator {

    static final String USER = "user";

    @Override
    public AuthResult authenticate(AuthRequest request) {
        return request.session()
                .attribute(USER)
                .map(name -> AuthResult.authenticated(new TestUser(name, Set.of())))
                .orElseGet(AuthResult::notAttempted);
    }
}
