package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginAttempt;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import java.util.Map;

/** Issues a sliding token in the body. */
record SlidingIssuer(JwtTokens tokens) implements CredentialIssuer {

    @Override
    public String name() {
        return "jwt-sliding";
    }

    @Override
    public String method() {
        return "jwt";
    }

    @Override
    public AuthResponse issue(LoginAttempt attempt, StoredUser user) {
        Device device = Device.of(attempt.request(), attempt.device());
        return AuthResponse.json(200, Map.of("token", tokens.issueSliding(user, device)));
    }
}
