package io.postern.auth.jwt;

import io.postern.auth.User;
import io.postern.auth.event.AuthListener;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.user.StoredUser;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The components that the parts of {@link JwtTokens} share; {@code store} is null if no tokens are stored. */
record JwtContext(
        JwtSettings jwt,
        RefreshSettings settings,
        UserStore users,
        @Nullable RefreshTokenStore store,
        Predicate<VerifiedJwt> revoked,
        @Nullable Consumer<List<String>> familiesRevoked,
        @Nullable Consumer<String> userRevoked,
        AuthListener listener,
        Clock clock,
        JwtVerifier verifier,
        JwtIssuer issuer,
        Claims claims,
        TokenIds ids) {

    /** Returns a user as stored now. */
    StoredUser stored(User user) {
        return users.findById(user.id())
                .orElseThrow(() -> new IllegalArgumentException("cannot issue a token: no user has this id"));
    }
}
