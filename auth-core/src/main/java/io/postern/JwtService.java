package io.postern;

import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.jwt.JwtAuthenticator;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.TokenType;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.jwt.endpoint.JwtCookies;
import io.postern.auth.jwt.endpoint.JwtEndpoints;
import io.postern.auth.refresh.JwtTokens;
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
                .orElseThrow(() -> missing(
                        "where revocations are kept", ".revocations(new InMemoryRevocationStore()) to its builder"));
    }

    void addTo(Endpoints.Builder endpoints) {
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
