package io.postern.auth.jwt.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Denial;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.JwtTokens.TokenPair;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginAttempt;
import io.postern.auth.session.Csrf;
import io.postern.auth.user.Device;
import io.postern.auth.user.StoredUser;
import java.util.Map;
import java.util.Optional;

/** Issues an access and a refresh token in cookies, with the CSRF token that later requests present. */
record CookieIssuer(TokenCookies cookies, Csrf csrf, JwtTokens tokens) implements CredentialIssuer {

    @Override
    public String name() {
        return "jwt-cookies";
    }

    @Override
    public String method() {
        return "jwt";
    }

    @Override
    public Optional<Denial> refuse(AuthRequest request) {
        return csrf.refuseForeignOrigin(request).map(Denial::csrfFailed);
    }

    @Override
    public AuthResponse issue(LoginAttempt attempt, StoredUser user) {
        AuthRequest client = attempt.request();
        TokenPair pair = tokens.issue(user, Device.of(client, attempt.device()));
        String secret = csrf.newSecret();
        AuthResponse response = AuthResponse.json(200, Map.of("csrfToken", csrf.mask(secret)));
        return cookies.set(response, client, pair.access(), Optional.of(pair.refresh()))
                .withHeader("Set-Cookie", csrf.setCookie(client, secret));
    }
}
