package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthResponse;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginAttempt;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import java.util.LinkedHashMap;
import java.util.Map;

/** Issues an access and a refresh token in the body, in simplejwt's order. */
record PairIssuer(JwtTokens tokens) implements CredentialIssuer {

    @Override
    public String name() {
        return "jwt";
    }

    @Override
    public AuthResponse issue(LoginAttempt attempt, StoredUser user) {
        TokenPair pair = tokens.issue(user, Device.of(attempt.request(), attempt.device()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("refresh", pair.refresh());
        body.put("access", pair.access());
        return AuthResponse.json(200, body);
    }
}
