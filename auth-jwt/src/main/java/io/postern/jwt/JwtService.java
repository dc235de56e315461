package io.postern.jwt;

import io.postern.Extension;
import io.postern.Parts;
import io.postern.Postern;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.jwt.JwtAuthenticator;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.TokenKind;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.jwt.endpoint.JwtCookies;
import io.postern.auth.jwt.endpoint.JwtEndpoints;
import io.postern.auth.refresh.RefreshTokens;
import io.postern.auth.revocation.Revocations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The signed tokens of a {@link Postern}: issues, refreshes, lists and ends logins, and revokes tokens.
 *
 * <pre>{@code
 * JwtService.of(postern).refreshTokens().endAll(userId);
 * }</pre>
 *
 * Immutable and safe for use by several threads.
 */
public final class JwtService implements Extension.Service {

    private final Parts parts;
    private final JwtSettings settings;
    private final Optional<RefreshTokens> refreshTokens;
    private final boolean loginsAreKept;
    private final Optional<AccessRevocations> revocations;
    private final Optional<JwtCookies> cookies;

    JwtService(
            Parts parts,
            JwtSettings settings,
            Optional<RefreshTokens> refreshTokens,
            boolean loginsAreKept,
            Optional<AccessRevocations> revocations,
            Optional<JwtCookies> cookies) {
        this.parts = parts;
        this.settings = settings;
        this.refreshTokens = refreshTokens;
        this.loginsAreKept = loginsAreKept;
        this.revocations = revocations;
        this.cookies = cookies;
    }

    /**
     * Returns the signed tokens of an application.
     *
     * @param postern the application's
     * @return the service
     * @throws IllegalStateException if it has none
     */
    public static JwtService of(Postern postern) {
        return postern.service(JwtService.class).orElseThrow(JwtService::missing);
    }

    static JwtService of(Parts parts) {
        return parts.service(JwtService.class).orElseThrow(JwtService::missing);
    }

    /**
     * Returns how tokens are issued and verified.
     *
     * @return the settings
     */
    public JwtSettings settings() {
        return settings;
    }

    /**
     * Returns the service that issues, refreshes and revokes pairs of tokens, and lists logins.
     *
     * @return the service
     * @throws IllegalStateException if there are no users or no key that signs
     */
    public RefreshTokens refreshTokens() {
        return refreshTokens.orElseThrow(() ->
                missing("users and a key that signs", ".users(userStore) to its builder and the key to Jwt.of(…)"));
    }

    /**
     * Returns the service that revokes tokens, one by one, by family, or the access tokens of a user.
     *
     * @return the service
     * @throws IllegalStateException if revocations are not followed
     */
    public Revocations revocations() {
        return revocations
                .map(AccessRevocations::revocations)
                .orElseThrow(() -> missing(
                        "where revocations are kept", ".revocations(new InMemoryRevocationStore()) to Jwt.of(…)"));
    }

    @Override
    public void addTo(Endpoints.Builder endpoints) {
        refreshTokens.ifPresent(tokens -> {
            JwtEndpoints further = JwtEndpoints.on(endpoints);
            cookies.ifPresentOrElse(
                    kept -> further.jwtInCookies(parts.login(), settings, tokens, kept, parts.csrf()),
                    () -> further.jwt(parts.login(), settings, tokens));
            further.keys(settings.keys(), parts.clock());
            if (loginsAreKept) {
                further.devices(authenticator(), tokens);
            }
        });
    }

    @Override
    public List<IntUnaryOperator> purges() {
        List<IntUnaryOperator> all = new ArrayList<>();
        refreshTokens.ifPresent(service -> all.add(service::purge));
        revocations.ifPresent(followed -> all.add(followed.revocations()::purge));
        return all;
    }

    JwtAuthenticator authenticator() {
        return finished(JwtAuthenticator.of(settings, parts.users(), parts.clock()));
    }

    JwtAuthenticator statelessAuthenticator() {
        return finished(JwtAuthenticator.stateless(settings, parts.clock()));
    }

    private JwtAuthenticator finished(JwtAuthenticator authenticator) {
        JwtAuthenticator refusing = authenticator.refusing(this::isRevoked);
        return cookies.map(kept -> refusing.orCookie(
                        kept.accessName(), request -> parts.csrf().refuse(request, Optional.empty())))
                .orElse(refusing);
    }

    /** Sliding tokens are looked up on each request (drf-contract TK-3), access tokens where revocations are followed. */
    private boolean isRevoked(VerifiedJwt token) {
        boolean ended = token.kind() == TokenKind.SLIDING
                && refreshTokens.filter(service -> service.isBlacklisted(token)).isPresent();
        return ended || revocations.filter(followed -> followed.test(token)).isPresent();
    }

    private static IllegalStateException missing() {
        return missing("the keys of signed tokens", ".with(Jwt.of(KeyRing.of(key))) to its builder");
    }

    private static IllegalStateException missing(String what, String call) {
        return new IllegalStateException("Postern is not told " + what + ": add " + call);
    }
}
