package io.postern;

import io.postern.AuthenticatorFactory.Components;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.TokenFamilyStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.revocation.Revocations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds the JWT services of a {@link PosternBuilder} that has keys. */
final class JwtAssembly {

    private final PosternBuilder from;
    private final KeyRing keys;
    private final Components components;

    JwtAssembly(PosternBuilder from, KeyRing keys, Components components) {
        this.from = from;
        this.keys = keys;
        this.components = components;
    }

    JwtService build() {
        if (from.jwtCookies != null && !canIssue()) {
            throw new IllegalStateException(
                    ".jwtCookies(…) issues tokens: add .users(userStore), and a key that signs to .jwt(…)");
        }
        JwtSettings jwt = from.jwtSettings
                .apply(from.preset.jwtSettings(JwtSettings.builder(keys)))
                .build();
        Optional<AccessRevocations> revocations = from.stores
                .find(RevocationStore.class)
                .map(store -> new AccessRevocations(revocations(store, jwt), jwt));
        return new JwtService(
                components,
                jwt,
                tokens(jwt, revocations),
                hasFamilies(),
                revocations,
                Optional.ofNullable(from.jwtCookies));
    }

    /** A store of families rejects their refresh tokens itself, so that only access tokens have to be revoked. */
    private Consumer<List<String>> familyRevocation(Revocations revocations) {
        return hasFamilies() ? revocations::revokeAccessOf : revocations::revokeFamilies;
    }

    private boolean hasFamilies() {
        return from.stores
                .find(RefreshTokenStore.class)
                .filter(TokenFamilyStore.class::isInstance)
                .isPresent();
    }

    private boolean canIssue() {
        return components.hasUsers() && keys.canSign();
    }

    private Revocations revocations(RevocationStore store, JwtSettings jwt) {
        Revocations.Builder builder = Revocations.builder(store)
                .maxAccessLifetime(
                        longer(jwt.accessLifetime(), jwt.slidingLifetime()).plus(jwt.leeway()))
                .maxRefreshLifetime(longer(jwt.refreshLifetime(), jwt.slidingRefreshLifetime())
                        .plus(jwt.leeway()))
                .clock(components.clock());
        return from.revocationSettings.apply(builder).build();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private Optional<JwtTokens> tokens(JwtSettings jwt, Optional<AccessRevocations> revocations) {
        if (!canIssue()) {
            return Optional.empty();
        }
        JwtTokens.Builder builder = JwtTokens.builder(jwt, components.users())
                .settings(from.refreshSettings.apply(
                        from.preset.refreshSettings(from.stores.has(RefreshTokenStore.class))))
                .listener(components.listener())
                .clock(components.clock());
        from.stores.find(RefreshTokenStore.class).ifPresent(builder::store);
        revocations.ifPresent(access -> builder.revoked(access)
                .onFamiliesRevoked(familyRevocation(access.revocations()))
                .onUserRevoked(access.revocations()::revokeUser));
        return Optional.of(builder.build());
    }
}
