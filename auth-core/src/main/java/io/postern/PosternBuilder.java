package io.postern;

import io.postern.auth.Gate;
import io.postern.auth.Permission;
import io.postern.auth.Throttle;
import io.postern.auth.endpoint.BodyLimits;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.KeyRing;
import io.postern.auth.jwt.endpoint.JwtCookies;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.login.LoginStep;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.proxy.Proxies;
import io.postern.auth.refresh.RefreshSettings;
import io.postern.auth.refresh.RefreshTokenStore;
import io.postern.auth.revocation.RevocationStore;
import io.postern.auth.revocation.Revocations;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionSettings;
import io.postern.auth.session.SessionStore;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts and settings of a {@link Postern}; the order of calls does not matter, but that an {@link Extension}
 * sees those added before it.
 *
 * <p>Calls that take an operator change a builder that starts with the {@link Preset}'s settings, as in {@code
 * .gate(gate -> gate.maxHeader(4_096))}; several of them are carried out one after the other. Of two calls that set one
 * value, the last counts. Authenticators, permissions, throttles and listeners are named in one call each, and a second
 * throws {@link IllegalStateException}: it could mean to add or to replace. Not safe for use by several threads.
 */
public final class PosternBuilder {

    @Nullable
    KeyRing jwtKeys;

    @Nullable
    JwtCookies jwtCookies;

    final ConfiguredStores stores = new ConfiguredStores();
    final List<LoginStep> loginSteps = new ArrayList<>();
    UnaryOperator<LoginFlow.Builder> logins = UnaryOperator.identity();
    Preset preset = Preset.DRF;
    Clock clock = Clock.systemUTC();
    Optional<List<AuthListener>> listeners = Optional.empty();
    Proxies proxies = Proxies.none();
    UnaryOperator<Gate.Builder> gate = UnaryOperator.identity();
    UnaryOperator<Csrf.Builder> csrf = UnaryOperator.identity();
    UnaryOperator<PasswordLogin.Builder> passwords = UnaryOperator.identity();
    UnaryOperator<ApiTokens.Builder> tokenSettings = UnaryOperator.identity();
    UnaryOperator<SessionSettings> sessionSettings = UnaryOperator.identity();
    UnaryOperator<JwtSettings.Builder> jwtSettings = UnaryOperator.identity();
    UnaryOperator<RefreshSettings> refreshSettings = UnaryOperator.identity();
    UnaryOperator<Revocations.Builder> revocationSettings = UnaryOperator.identity();
    UnaryOperator<Endpoints.Builder> endpoints = UnaryOperator.identity();
    Optional<List<Throttle>> endpointThrottles = Optional.empty();
    Optional<ErrorFormat> errorFormat = Optional.empty();
    Optional<BodyLimits> bodyLimits = Optional.empty();
    final List<Extension> extensions = new ArrayList<>();
    PolicySpec byDefault = PolicySpec.asDefault();
    final Map<String, PolicySpec> places = new LinkedHashMap<>();

    PosternBuilder() {}

    /**
     * Sets how answers look and how much is demanded where nothing else is said.
     *
     * @param value {@link Preset#DRF} by default
     * @return this builder
     */
    public PosternBuilder preset(Preset value) {
        preset = Objects.requireNonNull(value, "preset");
        return this;
    }

    /**
     * Sets all stores that a bundle has, as {@code JdbcStores} and {@link InMemoryStores} do: users, opaque tokens, refresh
     * tokens, revocations, sessions (in place of the container's), counters of throttles and one-time secrets. A store
     * that is also set by a call of its own is the latter, whatever the order of the calls. The endpoint {@code /token/}
     * exists only if {@code token()} is among the authenticators or {@code .tokens(…)} is called.
     */
    public PosternBuilder stores(Stores bundle) {
        stores.bundle(bundle);
        return this;
    }

    /** Sets the user store. */
    public PosternBuilder users(UserStore store) {
        stores.set(UserStore.class, store);
        return this;
    }

    /**
     * Sets how passwords are checked.
     *
     * @param change for instance {@code login -> login.hasher(PasswordHashers.argon2id())}
     * @return this builder
     */
    public PosternBuilder passwords(UnaryOperator<PasswordLogin.Builder> change) {
        passwords = then(passwords, change);
        return this;
    }

    /**
     * Adds steps that every login runs after its first factor, in order, after those added before.
     *
     * @param first the first step
     * @param others further steps
     */
    public PosternBuilder loginSteps(LoginStep first, LoginStep... others) {
        loginSteps.add(first);
        loginSteps.addAll(List.of(others));
        return this;
    }

    /**
     * Sets how long an interrupted login may be pending, counted from its first challenge, and how often each challenge
     * may be attempted.
     *
     * @param maxAge 10 minutes by default
     * @param maxAttempts 5 by default
     */
    public PosternBuilder pendingLogins(Duration maxAge, int maxAttempts) {
        logins = then(logins, flow -> flow.pendingLogins(maxAge, maxAttempts));
        return this;
    }

    /**
     * Sets the credential of logins that do not select one, as of an OIDC callback.
     *
     * @param name the name of a {@link io.postern.auth.login.CredentialIssuer}: {@code jwt-cookies}, {@code jwt}, {@code
     *     token} or {@code session}; by default the first of these that is configured
     */
    public PosternBuilder loginIssuer(String name) {
        logins = then(logins, flow -> flow.defaultIssuer(name));
        return this;
    }

    /** Sets the store of opaque tokens, and adds the endpoint {@code /token/}. */
    public PosternBuilder tokens(TokenStore store) {
        return tokens(store, UnaryOperator.identity());
    }

    /**
     * Sets how opaque tokens are issued, and adds the endpoint {@code /token/}.
     *
     * @param change for instance {@code tokens -> tokens.expireAfter(Duration.ofDays(90))}
     */
    public PosternBuilder tokens(UnaryOperator<ApiTokens.Builder> change) {
        stores.need(TokenStore.class);
        tokenSettings = then(tokenSettings, change);
        return this;
    }

    /**
     * Sets the store of opaque tokens and how they are issued, and adds the endpoint {@code /token/}.
     *
     * @param change for instance {@code tokens -> tokens.expireAfter(Duration.ofDays(90))}
     */
    public PosternBuilder tokens(TokenStore store, UnaryOperator<ApiTokens.Builder> change) {
        stores.set(TokenStore.class, store);
        return tokens(change);
    }

    /** Sets the counter store of the throttles. */
    public PosternBuilder counters(CounterStore store) {
        stores.set(CounterStore.class, store);
        return this;
    }

    /** Sets the store of one-time secrets, such as those of pending logins and of links in e-mails. */
    public PosternBuilder oneTimeSecrets(OneTimeStore store) {
        stores.set(OneTimeStore.class, store);
        return this;
    }

    /**
     * Issues and verifies JWTs with the given keys (simplejwt's {@code SIMPLE_JWT}).
     *
     * @param keys the keys that sign and verify
     * @return this builder
     */
    public PosternBuilder jwt(KeyRing keys) {
        return jwt(keys, UnaryOperator.identity());
    }

    /**
     * Issues and verifies JWTs with the given keys and settings.
     *
     * @param keys the keys that sign and verify
     * @param change for instance {@code jwt -> jwt.accessLifetime(Duration.ofMinutes(15))}
     * @return this builder
     */
    public PosternBuilder jwt(KeyRing keys, UnaryOperator<JwtSettings.Builder> change) {
        jwtKeys = Objects.requireNonNull(keys, "keys");
        jwtSettings = then(jwtSettings, change);
        return this;
    }

    /**
     * Sets the store of refresh token families, so that they can be listed, rotated and revoked.
     *
     * @param store the families
     * @return this builder
     */
    public PosternBuilder refreshTokens(RefreshTokenStore store) {
        stores.set(RefreshTokenStore.class, store);
        return this;
    }

    /**
     * Sets how tokens are refreshed.
     *
     * @param change for instance {@code refresh -> refresh.withClaims(user -> Map.of("name", user.username()))}
     * @return this builder
     */
    public PosternBuilder refreshTokens(UnaryOperator<RefreshSettings> change) {
        refreshSettings = then(refreshSettings, change);
        return this;
    }

    /**
     * Sets the store of refresh token families and how tokens are refreshed.
     *
     * @param store the families
     * @param change for instance {@code refresh -> refresh.withMode(RotationMode.ROTATE)}
     * @return this builder
     */
    public PosternBuilder refreshTokens(RefreshTokenStore store, UnaryOperator<RefreshSettings> change) {
        return refreshTokens(store).refreshTokens(change);
    }

    /**
     * Sets the store of revocations: revoking a family then ends its access tokens too, not only its refresh tokens.
     *
     * @param store the revocations
     * @return this builder
     */
    public PosternBuilder revocations(RevocationStore store) {
        stores.set(RevocationStore.class, store);
        return this;
    }

    /**
     * Sets how fast and at what cost revocations take effect.
     *
     * @param change for instance {@code revocations -> revocations.alwaysCheckStore()}
     */
    public PosternBuilder revocations(UnaryOperator<Revocations.Builder> change) {
        stores.need(RevocationStore.class);
        revocationSettings = then(revocationSettings, change);
        return this;
    }

    /**
     * Sets the store of revocations, and how fast and at what cost they take effect.
     *
     * @param change for instance {@code revocations -> revocations.alwaysCheckStore()}
     */
    public PosternBuilder revocations(RevocationStore store, UnaryOperator<Revocations.Builder> change) {
        return revocations(store).revocations(change);
    }

    /**
     * Sends JWTs in cookies; a header takes precedence over a cookie.
     *
     * @param value for instance {@code JwtCookies.under("/auth/jwt/")}
     * @return this builder
     */
    public PosternBuilder jwtCookies(JwtCookies value) {
        jwtCookies = Objects.requireNonNull(value, "jwtCookies");
        return this;
    }

    /**
     * Adds an extension of another module.
     *
     * @param value the extension
     * @return this builder
     */
    public PosternBuilder with(Extension value) {
        extensions.add(Objects.requireNonNull(value, "extension"));
        return this;
    }

    /** Stores sessions where all servers see them, in place of the container's sessions. */
    public PosternBuilder sessions(SessionStore store) {
        stores.set(SessionStore.class, store);
        return this;
    }

    /**
     * Sets the timeouts and the cookie of stored sessions.
     *
     * @param change for instance {@code session -> session.withIdleTimeout(Duration.ofHours(1))}
     */
    public PosternBuilder sessions(UnaryOperator<SessionSettings> change) {
        stores.need(SessionStore.class);
        sessionSettings = then(sessionSettings, change);
        return this;
    }

    /**
     * Stores sessions where all servers see them, in place of the container's sessions.
     *
     * @param change for instance {@code session -> session.withIdleTimeout(Duration.ofHours(1))}
     */
    public PosternBuilder sessions(SessionStore store, UnaryOperator<SessionSettings> change) {
        return sessions(store).sessions(change);
    }

    /**
     * Sets the proof asked of requests with a session.
     *
     * @param change for instance {@code csrf -> csrf.trustedOrigins("https://app.example.com")}
     * @return this builder
     */
    public PosternBuilder csrf(UnaryOperator<Csrf.Builder> change) {
        csrf = then(csrf, change);
        return this;
    }

    /**
     * Sets which proxies are trusted.
     *
     * @param value none by default: the client is the peer of the connection
     * @return this builder
     */
    public PosternBuilder proxies(Proxies value) {
        proxies = Objects.requireNonNull(value, "proxies");
        return this;
    }

    /**
     * Sets who is told what happens.
     *
     * @param values in place of the logging listener, which is the default
     * @return this builder
     * @throws IllegalStateException if listeners were named before
     */
    public PosternBuilder listeners(AuthListener... values) {
        listeners = Lists.once("listeners", listeners, List.of(values));
        return this;
    }

    /**
     * Sets the clock of everything.
     *
     * @param value the system's by default
     * @return this builder
     */
    public PosternBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * Sets how the gate reads headers and writes challenges.
     *
     * @param change for instance {@code gate -> gate.challengeStyle(Challenge.Style.ALL)}
     * @return this builder
     */
    public PosternBuilder gate(UnaryOperator<Gate.Builder> change) {
        gate = then(gate, change);
        return this;
    }

    /**
     * Sets what the bodies of refusals look like.
     *
     * @param value the preset's by default
     * @return this builder
     */
    public PosternBuilder errorFormat(ErrorFormat value) {
        errorFormat = Optional.of(value);
        return this;
    }

    /**
     * Sets how large the bodies of requests to endpoints may be.
     *
     * @param value the preset's by default
     * @return this builder
     */
    public PosternBuilder bodyLimits(BodyLimits value) {
        bodyLimits = Optional.of(value);
        return this;
    }

    /**
     * Limits how often a caller may come to the endpoints that need no login, such as those that take passwords.
     *
     * @param first is asked; there is none by default, as in DRF
     * @param others are asked too
     * @return this builder
     * @throws IllegalStateException if they were named before
     */
    public PosternBuilder endpointThrottles(Throttle first, Throttle... others) {
        endpointThrottles = Lists.once("endpoint throttles", endpointThrottles, Lists.of(first, others));
        return this;
    }

    /**
     * Adds endpoints of your own to the ready-made ones.
     *
     * @param change for instance {@code all -> all.add("/ping/", policy, methods -> methods.get(endpoint))}
     * @return this builder
     * @see Endpoint
     */
    public PosternBuilder endpoints(UnaryOperator<Endpoints.Builder> change) {
        endpoints = then(endpoints, change);
        return this;
    }

    /**
     * Sets the authenticators of places of which nothing else is said.
     *
     * @param first is asked first, and names the challenge
     * @param others are asked next, in order
     * @return this builder
     * @throws IllegalStateException if they were named before
     */
    public PosternBuilder authenticators(AuthenticatorFactory first, AuthenticatorFactory... others) {
        byDefault = byDefault.authenticators(first, others);
        return this;
    }

    /**
     * Sets the permissions of places of which nothing else is said.
     *
     * @param first is asked first; {@code allowAny()} has to be spelt
     * @param others must grant as well, in order
     * @return this builder
     * @throws IllegalStateException if they were named before
     */
    public PosternBuilder permissions(Permission first, Permission... others) {
        byDefault = byDefault.permissions(first, others);
        return this;
    }

    /**
     * Sets the throttles of places of which nothing else is said.
     *
     * @param first is asked; there is none by default
     * @param others are asked too
     * @return this builder
     * @throws IllegalStateException if they were named before
     */
    public PosternBuilder throttles(Throttle first, Throttle... others) {
        byDefault = byDefault.throttles(first, others);
        return this;
    }

    /**
     * Says what a place demands. An exact path goes before a prefix, a longer prefix before a shorter one.
     *
     * @param pattern a path below the application such as {@code /login}, or a prefix such as {@code /admin/*}, which
     *     covers {@code /admin} too; a slash at the end of an exact path makes no difference
     * @param place says what differs from the default
     * @return this builder
     * @throws IllegalArgumentException if the pattern is no path, or is there already
     */
    public PosternBuilder policy(String pattern, UnaryOperator<PolicySpec> place) {
        String key = PathRules.requirePattern(pattern);
        if (places.putIfAbsent(key, place.apply(PolicySpec.asDefault())) != null) {
            throw new IllegalArgumentException("two policies for " + pattern + ": say it all in one");
        }
        return this;
    }

    /**
     * Builds it.
     *
     * @return the one object
     * @throws IllegalStateException if something is missing; the message names the call that mends it
     * @throws IllegalArgumentException if a setting cannot work; the message names it and the mend
     */
    public Postern build() {
        return new Assembly(this).build();
    }

    private static <T> UnaryOperator<T> then(UnaryOperator<T> first, UnaryOperator<T> next) {
        Objects.requireNonNull(next, "change");
        return settings -> next.apply(first.apply(settings));
    }
}
