package io.postern.auth.refresh;

import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Collects the parts of {@link JwtTokens}. Not safe for use by several threads. */
public final class JwtTokensBuilder {

    final JwtSettings jwt;
    final UserStore users;
    RefreshSettings settings = RefreshSettings.simplejwt();
    Optional<RefreshTokenStore> store = Optional.empty();
    FamilyRevocationListener ends = FamilyRevocationListener.ignored();
    Predicate<VerifiedJwt> revoked = token -> false;
    AuthListener listener = AuthListener.logging();
    Clock clock = Clock.systemUTC();

    JwtTokensBuilder(JwtSettings jwt, UserStore users) {
        this.jwt = Objects.requireNonNull(jwt, "jwt");
        this.users = Objects.requireNonNull(users, "users");
    }

    /**
     * Sets how logins are refreshed.
     *
     * @param value {@link RefreshSettings#simplejwt()} by default
     * @return this builder
     */
    public JwtTokensBuilder settings(RefreshSettings value) {
        settings = Objects.requireNonNull(value, "settings");
        return this;
    }

    /**
     * Sets where families are kept.
     *
     * @param value none by default: then tokens cannot be replaced, and logins neither listed nor ended but by {@link #ends}
     * @return this builder
     */
    public JwtTokensBuilder store(RefreshTokenStore value) {
        store = Optional.of(value);
        return this;
    }

    /**
     * Sets who is told of logins that ended.
     *
     * @param value nobody by default
     * @return this builder
     */
    public JwtTokensBuilder ends(FamilyRevocationListener value) {
        ends = Objects.requireNonNull(value, "ends");
        return this;
    }

    /**
     * Sets what tells whether a good token was revoked since, other than in the store; it is then neither refreshed nor
     * good to {@link JwtTokens#refuse}.
     *
     * @param test none is revoked by default
     * @return this builder
     */
    public JwtTokensBuilder revoked(Predicate<VerifiedJwt> test) {
        revoked = Objects.requireNonNull(test, "revoked");
        return this;
    }

    /**
     * Sets who is told what happens.
     *
     * @param value the logging listener by default
     * @return this builder
     */
    public JwtTokensBuilder listener(AuthListener value) {
        listener = AuthListener.all(List.of(value));
        return this;
    }

    /**
     * Sets the clock.
     *
     * @param value the system's by default
     * @return this builder
     */
    public JwtTokensBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * Builds it.
     *
     * @return the service
     * @throws IllegalStateException if tokens are to be replaced and nothing keeps which, or no key can sign
     */
    public JwtTokens build() {
        if (settings.mode() == RotationMode.ROTATE && store.isEmpty()) {
            throw new IllegalStateException("refresh tokens are to be replaced, but nothing keeps which were used: "
                    + "add .refreshTokens(new InMemoryRefreshTokenStore()) or another store");
        }
        return new JwtTokens(this);
    }
}
