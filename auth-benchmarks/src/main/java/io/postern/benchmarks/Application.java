package io.postern.benchmarks;

import static io.postern.StandardAuthenticators.token;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.PosternBuilder;
import io.postern.auth.Verdict;
import io.postern.auth.jwt.JwtAlgorithm;
import io.postern.auth.jwt.JwtKey;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.refresh.RefreshSettings.RotationMode;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.token.TokenStore;
import io.postern.auth.token.TokenValue;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What is measured, on whatever stores. */
record Application(Postern postern) {

    /** Uses are noted once a minute and token; at this time none is due. */
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    static Application of(UserStore users, TokenStore tokens, RefreshTokenStore families) {
        PosternBuilder builder = Postern.builder()
                .users(users)
                .tokens(tokens, settings -> settings.format(TokenValue.Format.drf()))
                .jwt(KeyRing.of(JwtKey.hmac(JwtAlgorithm.HS256, new byte[32])))
                .refreshTokens(families, refresh -> refresh.withMode(RotationMode.ROTATE))
                .withoutListeners()
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .authenticators(token())
                .permissions(isAuthenticated());
        return new Application(builder.build());
    }

    /** The value of the token with that number. */
    static String tokenText(int number) {
        return String.format("%040x", number);
    }

    void authenticate(String text) {
        BareRequest request = new BareRequest("Token " + text);
        if (!(postern.gate().check(request, postern.defaultPolicy()) instanceof Verdict.Granted)) {
            throw new IllegalStateException("a good token was refused");
        }
    }
}
