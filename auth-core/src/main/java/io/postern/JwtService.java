package io.postern;

import io.postern.AuthenticatorFactory.Components;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.jwt.JwtAuthenticator;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.VerifiedJwt;
import io.postern.auth.jwt.VerifiedJwt.TokenType;
import io.postern.auth.jwt.endpoint.JwtEndpoints;
import io.postern.auth.login.CredentialIssuer;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.revocation.Revocations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JWT services of a {@link Postern}, its authenticators and endpoints. */
final class JwtService implements AutoCloseable {

    private final Components components;
    private final JwtSettings settings;
    private final Optional<JwtTokens> tokens;
    private final boolean hasFamilies;
    private final Optional<AccessRevocations> revocations;
    private final Optional<JwtCookies> cookies;

    JwtService(
            Components components,
            JwtSettings settings,
            Optional<JwtTokens> tokens,
            boolean hasFamilies,
            Optional<AccessRevocations> revocations,
            Optional<JwtCookies> cookies) {
        this.components = components;
        this.settings = settings;
        this.tokens = tokens;
        this.hasFamilies = hasFamilies;
        this.revocations = revocations;
        this.cookies = cookies;
    }

    JwtSettings settings() {
        return settings;
    }

    JwtTokens tokens() {
        return tokens.orElseThrow(
                () -> missing("users and a signing key", ".users(userStore) and .jwt(KeyRing.of(key))"));
    }

    Revocations revocations() {
        return revocations
                .map(AccessRevocations::revocations)
                .orElseThrow(() -> ConfiguredStores.missing(RevocationStore.class));
    }

    /** Returns the issuers of JWTs, only those in cookies if cookies are configured. */
    List<CredentialIssuer> issuers() {
        if (tokens.isEmpty()) {
            return List.of();
        }
        JwtTokens service = tokens.get();
        return cookies.map(attributes ->
                        List.of(JwtEndpoints.cookieIssuer(settings, service, attributes, components.csrf())))
                .orElseGet(() -> JwtEndpoints.issuers(settings, service));
    }

    void addTo(Endpoints.Builder endpoints, LoginFlow flow) {
        tokens.ifPresent(service -> {
            JwtEndpoints added = JwtEndpoints.on(endpoints);
            cookies.ifPresentOrElse(
                    attributes -> added.jwtInCookies(
                            components.login(), flow, settings, service, attributes, components.csrf()),
                    () -> added.jwt(components.login(), flow, settings, service));
            added.keys(settings.keys(), components.clock());
            if (hasFamilies) {
                added.devices(authenticator(), service);
            }
        });
    }

    @Override
    public void close() {
        revocations.ifPresent(access -> access.revocations().close());
    }

    /** Revokes the access and sliding tokens of a user if revocations are configured; before the user is deleted. */
    void revokeUser(String userId) {
        Optional<String> name =
                components.hasUsers() ? settings.nameInTokens(userId, components.users()) : Optional.of(userId);
        revocations.ifPresent(access -> name.ifPresent(access.revocations()::revokeUser));
    }

    /** Revokes the families of a user and, if revocations are configured, their access tokens; returns false without a service. */
    boolean revokeFamilies(String userId) {
        if (tokens.isEmpty() || !hasFamilies) {
            return false;
        }
        tokens.get().revokeOtherFamilies(userId, "");
        return true;
    }

    List<Extension.ExpiryJob> expiryJobs() {
        List<Extension.ExpiryJob> all = new ArrayList<>();
        tokens.ifPresent(service -> all.add(service::deleteExpired));
        revocations.ifPresent(access -> all.add(access.revocations()::deleteExpired));
        return all;
    }

    JwtAuthenticator authenticator() {
        return finished(JwtAuthenticator.of(settings, components.users(), components.clock()));
    }

    JwtAuthenticator statelessAuthenticator() {
        return finished(JwtAuthenticator.stateless(settings, components.clock()));
    }

    private JwtAuthenticator finished(JwtAuthenticator authenticator) {
        JwtAuthenticator refusing = authenticator.refusing(this::isRevoked);
        return cookies.map(attributes -> refusing.orCookie(
                        attributes.accessName(),
                        (request, found) -> components.csrf().protect(request, Optional.empty(), found)))
                .orElse(refusing);
    }

    /** Sliding tokens are looked up on each request (drf-contract TK-3), access tokens only if revocations are configured. */
    private boolean isRevoked(VerifiedJwt token) {
        boolean ended = token.type().filter(TokenType.ACCESS::equals).isEmpty()
                && tokens.filter(service -> service.isBlacklisted(token)).isPresent();
        return ended || revocations.filter(access -> access.test(token)).isPresent();
    }

    private static IllegalStateException missing(String what, String call) {
        return new IllegalStateException("this needs " + what + ": add " + call + " to the builder");
    }
}
