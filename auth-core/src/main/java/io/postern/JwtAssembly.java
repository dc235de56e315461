package io.postern;

import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.refresh.JwtTokens;
import io.postern.auth.refresh.JwtTokensBuilder;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.revocation.Revocations;
import java.time.Duration;
import java.util.Optional;

/** Builds the JWT services of a {@link PosternBuilder} that has keys. */
final class JwtAssembly {

    private final PosternBuilder from;
    private final KeyRing keys;
    private final Components parts;

    JwtAssembly(PosternBuilder from, KeyRing keys, Components parts) {
        this.from = from;
        this.keys = keys;
        this.parts = parts;
    }

    JwtService build() {
        if (from.jwtCookies != null && !canIssue()) {
            throw new IllegalStateException(
                    ".jwtCookies(…) issues tokens: add .users(userStore), and a key that signs to .jwt(…)");
        }
        JwtSettings jwt = from.jwtSettings
                .apply(from.preset.jwtSettings(JwtSettings.builder(keys)))
                .build();
        Optional<AccessRevocations> followed = from.stores
                .find(RevocationStore.class)
                .map(store ->
                        new AccessRevocations(followed(store, jwt), jwt, from.stores.has(RefreshTokenStore.class)));
        return new JwtService(
                parts,
                jwt,
                refreshed(jwt, followed),
                from.stores.has(RefreshTokenStore.class),
                followed,
                Optional.ofNullable(from.jwtCookies));
    }

    private boolean canIssue() {
        return parts.hasUsers() && keys.canSign();
    }

    private Revocations followed(RevocationStore store, JwtSettings jwt) {
        Revocations.Builder builder = Revocations.builder(store)
                .maxAccessLifetime(
                        longer(jwt.accessLifetime(), jwt.slidingLifetime()).plus(jwt.leeway()))
                .maxRefreshLifetime(longer(jwt.refreshLifetime(), jwt.slidingRefreshLifetime())
                        .plus(jwt.leeway()))
                .clock(parts.clock());
        return from.revocationSettings.apply(builder).build();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private Optional<JwtTokens> refreshed(JwtSettings jwt, Optional<AccessRevocations> followed) {
        if (!canIssue()) {
            return Optional.empty();
        }
        JwtTokensBuilder builder = JwtTokens.builder(jwt, parts.users())
                .settings(from.refreshSettings.apply(
                        from.preset.refreshSettings(from.stores.has(RefreshTokenStore.class))))
                .listener(parts.listener())
                .clock(parts.clock());
        from.stores.find(RefreshTokenStore.class).ifPresent(builder::store);
        followed.ifPresent(reaching -> builder.ends(reaching).revoked(reaching));
        return Optional.of(builder.build());
    }
}
