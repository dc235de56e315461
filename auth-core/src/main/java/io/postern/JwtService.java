package io.postern;

import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.jwt.JwtAuthenticator;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.TokenType;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.jwt.endpoint.JwtCookies;
import io.postern.auth.jwt.endpoint.JwtEndpoints;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.refresh.JwtTokens;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.revocation.Revocations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JWT services of a {@link Postern}, its authenticators and endpoints. */
final class JwtService {

    private final Components parts;
    private final JwtSettings settings;
    private final Optional<JwtTokens> refreshTokens;
    private final boolean loginsAreKept;
    private final Optional<AccessRevocations> revocations;
    private final Optional<JwtCookies> cookies;

    JwtService(
            Components parts,
            JwtSettings settings,
            Optional<JwtTokens> refreshTokens,
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

    JwtSettings settings() {
        return settings;
    }

    JwtTokens refreshTokens() {
        return refreshTokens.orElseThrow(
                () -> missing("users and a key that signs", ".users(userStore) to its builder and the key to .jwt(…)"));
    }

    Revocations revocations() {
        return revocations
                .map(AccessRevocations::revocations)
                .orElseThrow(() -> ConfiguredStores.missing(RevocationStore.class));
    }

    /** Returns the issuers of JWTs, those in cookies alone if cookies are configured. */
    List<CredentialIssuer> issuers() {
        if (refreshTokens.isEmpty()) {
            return List.of();
        }
        JwtTokens tokens = refreshTokens.get();
        return cookies.map(kept -> List.of(JwtEndpoints.cookieIssuer(settings, tokens, kept, parts.csrf())))
                .orElseGet(() -> JwtEndpoints.issuers(settings, tokens));
    }

    void addTo(Endpoints.Builder endpoints, LoginFlow flow) {
        refreshTokens.ifPresent(tokens -> {
            JwtEndpoints further = JwtEndpoints.on(endpoints);
            cookies.ifPresentOrElse(
                    kept -> further.jwtInCookies(parts.login(), flow, settings, tokens, kept, parts.csrf()),
                    () -> further.jwt(parts.login(), flow, settings, tokens));
            further.keys(settings.keys(), parts.clock());
            if (loginsAreKept) {
                further.devices(authenticator(), tokens);
            }
        });
    }

    /** Revokes all tokens of a user: refresh tokens, and access tokens if revocations are configured. */
    void revokeAll(String userId) {
        revocations.ifPresent(followed -> followed.revocations().revokeUser(userId));
        refreshTokens.ifPresent(tokens -> tokens.revokeAllFamilies(userId));
    }

    List<Extension.ExpiryJob> expiryJobs() {
        List<Extension.ExpiryJob> all = new ArrayList<>();
        refreshTokens.ifPresent(service -> all.add(service::deleteExpired));
        revocations.ifPresent(followed -> all.add(followed.revocations()::deleteExpired));
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
        boolean ended = token.kind() == TokenType.SLIDING
                && refreshTokens.filter(service -> service.isBlacklisted(token)).isPresent();
        return ended || revocations.filter(followed -> followed.test(token)).isPresent();
    }

    private static IllegalStateException missing(String what, String call) {
        return new IllegalStateException("Postern is not told " + what + ": add " + call);
    }
}
