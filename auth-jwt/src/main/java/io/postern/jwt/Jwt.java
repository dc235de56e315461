package io.postern.jwt;

import io.postern.Extension;
import io.postern.Parts;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.endpoint.JwtCookies;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.refresh.RefreshTokens;
import io.postern.auth.refresh.RefreshTokensBuilder;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.revocation.Revocations;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Adds signed tokens to a {@link io.postern.Postern}; the order of calls does not matter.
 *
 * <pre>{@code
 * Postern.builder().users(users).with(Jwt.of(keys)).authenticators(jwt())
 * }</pre>
 *
 * <p>Calls that take an operator change settings that start as the {@link io.postern.Preset} says; several of them are
 * carried out one after the other. Not safe for use by several threads. Stands where simplejwt has {@code SIMPLE_JWT}.
 */
public final class Jwt implements Extension {

    private final KeyRing keys;
    private final UnaryOperator<JwtSettings.Builder> settings;
    private UnaryOperator<RefreshSettings> refreshSettings = UnaryOperator.identity();
    private UnaryOperator<Revocations.Builder> revocationSettings = UnaryOperator.identity();
    private Optional<RefreshTokenStore> logins = Optional.empty();
    private Optional<RevocationStore> revocations = Optional.empty();
    private Optional<JwtCookies> cookies = Optional.empty();

    private Jwt(KeyRing keys, UnaryOperator<JwtSettings.Builder> settings) {
        this.keys = Objects.requireNonNull(keys, "keys");
        this.settings = Objects.requireNonNull(settings, "change");
    }

    /**
     * Signs and verifies with keys.
     *
     * @param keys who signs and who verifies
     * @return the extension
     */
    public static Jwt of(KeyRing keys) {
        return of(keys, UnaryOperator.identity());
    }

    /**
     * Signs and verifies with keys, and says what is in tokens and asked of them.
     *
     * @param keys who signs and who verifies
     * @param change for instance {@code jwt -> jwt.accessLifetime(Duration.ofMinutes(15))}
     * @return the extension
     */
    public static Jwt of(KeyRing keys, UnaryOperator<JwtSettings.Builder> change) {
        return new Jwt(keys, change);
    }

    /**
     * Sets where logins are kept, so that they can be listed, rotated and ended.
     *
     * @param store the families of tokens
     * @return this extension
     */
    public Jwt refreshTokens(RefreshTokenStore store) {
        logins = Optional.of(store);
        return this;
    }

    /**
     * Sets where logins are kept, and how they are refreshed.
     *
     * @param store the families of tokens
     * @param change for instance {@code refresh -> refresh.mode(RotationMode.REPLACE)}
     * @return this extension
     */
    public Jwt refreshTokens(RefreshTokenStore store, UnaryOperator<RefreshSettings> change) {
        return refreshTokens(store).refreshing(change);
    }

    /**
     * Sets how logins are refreshed.
     *
     * @param change for instance {@code refresh -> refresh.claims(user -> Map.of("name", user.username()))}
     * @return this extension
     */
    public Jwt refreshing(UnaryOperator<RefreshSettings> change) {
        Objects.requireNonNull(change, "change");
        UnaryOperator<RefreshSettings> before = refreshSettings;
        refreshSettings = settings -> change.apply(before.apply(settings));
        return this;
    }

    /**
     * Lets the end of a login reach its access tokens too, instead of only its refresh tokens.
     *
     * @param store the revocations
     * @return this extension
     */
    public Jwt revocations(RevocationStore store) {
        return revocations(store, UnaryOperator.identity());
    }

    /**
     * Lets the end of a login reach its access tokens too, and says how fast and at what cost.
     *
     * @param store the revocations
     * @param change for instance {@code revocations -> revocations.strict()}
     * @return this extension
     */
    public Jwt revocations(RevocationStore store, UnaryOperator<Revocations.Builder> change) {
        revocations = Optional.of(store);
        Objects.requireNonNull(change, "change");
        UnaryOperator<Revocations.Builder> before = revocationSettings;
        revocationSettings = settings -> change.apply(before.apply(settings));
        return this;
    }

    /**
     * Lets tokens travel in cookies; a header still goes before a cookie.
     *
     * @param value for instance {@code JwtCookies.under("/auth/jwt/")}
     * @return this extension
     */
    public Jwt cookies(JwtCookies value) {
        cookies = Optional.of(value);
        return this;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if cookies are to be handed out, but there are no users or no key that signs
     */
    @Override
    public JwtService build(Parts parts) {
        if (cookies.isPresent() && !canIssue(parts)) {
            throw new IllegalStateException(
                    "JWT cookies hand tokens out: add .users(userStore), and a key that signs to Jwt.of(…)");
        }
        JwtSettings jwt = settings.apply(Presets.of(parts.preset(), JwtSettings.builder(keys)))
                .build();
        Optional<AccessRevocations> followed =
                revocations.map(store -> new AccessRevocations(followed(store, jwt, parts), jwt, logins.isPresent()));
        return new JwtService(parts, jwt, refreshed(jwt, followed, parts), logins.isPresent(), followed, cookies);
    }

    private boolean canIssue(Parts parts) {
        return parts.hasUsers() && keys.canSign();
    }

    private Revocations followed(RevocationStore store, JwtSettings jwt, Parts parts) {
        JwtSettings.Lifetimes lifetimes = jwt.lifetimes();
        Revocations.Builder builder = Revocations.builder(store)
                .longestAccessLifetime(
                        longer(lifetimes.access(), lifetimes.sliding()).plus(jwt.leeway()))
                .longestRefreshLifetime(
                        longer(lifetimes.refresh(), lifetimes.slidingRefresh()).plus(jwt.leeway()))
                .clock(parts.clock());
        return revocationSettings.apply(builder).build();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private Optional<RefreshTokens> refreshed(JwtSettings jwt, Optional<AccessRevocations> followed, Parts parts) {
        if (!canIssue(parts)) {
            return Optional.empty();
        }
        RefreshTokensBuilder builder = RefreshTokens.builder(jwt, parts.users())
                .settings(refreshSettings.apply(Presets.refresh(parts.preset(), logins.isPresent())))
                .listener(parts.listener())
                .clock(parts.clock());
        logins.ifPresent(builder::store);
        followed.ifPresent(reaching -> builder.ends(reaching).revoked(reaching));
        return Optional.of(builder.build());
    }
}
