package io.postern;

import io.postern.Postern.PolicySpec;
import io.postern.auth.Gate;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.Endpoints.BodyLimits;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.JwtCookies;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.jwt.KeyRing;
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
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects the components and settings of a {@link Postern}. The order of calls does not matter, except within lists and
 * between calls that set or change the same value.
 *
 * <ul>
 *   <li>Of two calls that set the same value, the last counts.
 *   <li>Calls that take an operator change settings that start with those of the {@link Preset}, as in {@code .gate(gate ->
 *       gate.maxHeader(4_096))}; several are applied one after the other.
 *   <li>Lists are added to: a second call of {@code authenticators}, {@code permissions}, {@code throttles},
 *       {@code endpointThrottles}, {@code loginSteps} or {@code listeners} adds to the first. An element that is equal to
 *       one in the list is not added again, except a login step. {@code without…()} removes what was added before, so {@code
 *       .withoutPermissions().permissions(allowAny())} replaces.
 * </ul>
 *
 * <p>Not safe for use by several threads.
 */
public final class PosternBuilder {

    private static final String CHANGE = "change";

    @Nullable
    KeyRing jwtKeys;

    @Nullable
    JwtCookies jwtCookies;

    @Nullable
    ErrorFormat errorFormat;

    @Nullable
    BodyLimits bodyLimits;

    final ConfiguredStores stores = new ConfiguredStores();
    final List<LoginStep> loginSteps = new ArrayList<>();
    UnaryOperator<LoginFlow.Builder> logins = UnaryOperator.identity();
    Preset preset = Preset.DRF;
    Clock clock = Clock.systemUTC();
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
    List<AuthListener> listeners = List.of(AuthListener.logging());
    List<Policy.ThrottleSource> endpointThrottles = List.of();
    PolicySpec defaultPolicy = PolicySpec.EMPTY;
    private final Map<String, PolicySpec> defaultPolicies = new LinkedHashMap<>();
    private final Map<String, PolicySpec> policies = new LinkedHashMap<>();
    final List<Extension> extensions = new ArrayList<>();

    /** All calls so far, to be repeated on top of what extensions configure. */
    private final List<Consumer<PosternBuilder>> calls = new ArrayList<>();

    @Nullable
    private PosternBuilder defaults;

    PosternBuilder() {}

    /**
     * Sets the preset.
     *
     * @param value {@link Preset#DRF} by default
     */
    public PosternBuilder preset(Preset value) {
        Objects.requireNonNull(value, "preset");
        return set(builder -> builder.preset = value);
    }

    /**
     * Sets all stores that a bundle has, as {@code JdbcStores} and {@link InMemoryStores} do: users, opaque tokens, refresh
     * tokens, revocations, sessions (in place of the container's), counters of throttles and one-time secrets. A store
     * that is also set by a call of its own is the latter, whatever the order of the calls. The endpoint {@code /token/}
     * exists only if {@code token()} is among the authenticators or {@code .tokens(…)} is called.
     */
    public PosternBuilder stores(Stores bundle) {
        Objects.requireNonNull(bundle, "stores");
        return set(builder -> builder.stores.bundle(bundle));
    }

    /** Sets the user store. */
    public PosternBuilder users(UserStore store) {
        return setStore(UserStore.class, store);
    }

    /**
     * Changes how passwords are verified.
     *
     * @param change for instance {@code login -> login.hasher(PasswordHasher.argon2id())}
     */
    public PosternBuilder passwords(UnaryOperator<PasswordLogin.Builder> change) {
        Objects.requireNonNull(change, CHANGE);
        return set(builder -> builder.passwords = then(builder.passwords, change));
    }

    /**
     * Adds steps that every login runs after its first factor, in order, after those added before; those of extensions
     * follow.
     *
     * @param first the first step
     * @param others further steps
     */
    public PosternBuilder loginSteps(LoginStep first, LoginStep... others) {
        List<LoginStep> steps = new ArrayList<>(List.of(first));
        steps.addAll(List.of(others));
        return set(builder -> builder.loginSteps.addAll(steps));
    }

    /**
     * Sets how long an interrupted login may be pending, counted from its first challenge, and how often each challenge
     * may be attempted.
     *
     * @param maxAge 10 minutes by default
     * @param maxAttempts 5 by default
     */
    public PosternBuilder pendingLogins(Duration maxAge, int maxAttempts) {
        return set(builder -> builder.logins = then(builder.logins, flow -> flow.pendingLogins(maxAge, maxAttempts)));
    }

    /**
     * Sets the credential of logins that do not select one, as of an OIDC callback.
     *
     * @param name the name of a {@link io.postern.auth.login.CredentialIssuer}: {@code jwt-cookies}, {@code jwt}, {@code
     *     token}, {@code session} or that of an extension; by default the first of these that is configured
     */
    public PosternBuilder loginIssuer(String name) {
        Objects.requireNonNull(name, "loginIssuer");
        return set(builder -> builder.logins = then(builder.logins, flow -> flow.defaultIssuer(name)));
    }

    /** Sets the store of opaque tokens, and adds the endpoint {@code /token/}. */
    public PosternBuilder tokens(TokenStore store) {
        return tokens(store, UnaryOperator.identity());
    }

    /**
     * Changes how opaque tokens are issued, and adds the endpoint {@code /token/}.
     *
     * @param change for instance {@code tokens -> tokens.expireAfter(Duration.ofDays(90))}
     */
    public PosternBuilder tokens(UnaryOperator<ApiTokens.Builder> change) {
        Objects.requireNonNull(change, CHANGE);
        return set(builder -> {
            builder.stores.need(TokenStore.class);
            builder.tokenSettings = then(builder.tokenSettings, change);
        });
    }

    /**
     * Sets the store of opaque tokens and changes how they are issued, and adds the endpoint {@code /token/}.
     *
     * @param change for instance {@code tokens -> tokens.expireAfter(Duration.ofDays(90))}
     */
    public PosternBuilder tokens(TokenStore store, UnaryOperator<ApiTokens.Builder> change) {
        return setStore(TokenStore.class, store).tokens(change);
    }

    /** Sets the store of one-time secrets, such as those of pending logins and of links in e-mails. */
    public PosternBuilder oneTimeSecrets(OneTimeStore store) {
        return setStore(OneTimeStore.class, store);
    }

    /**
     * Issues and verifies JWTs with the given keys (simplejwt's {@code SIMPLE_JWT}).
     *
     * @param keys sign and verify
     */
    public PosternBuilder jwt(KeyRing keys) {
        Objects.requireNonNull(keys, "keys");
        return set(builder -> builder.jwtKeys = keys);
    }

    /**
     * Issues and verifies JWTs with the given keys and settings.
     *
     * @param keys sign and verify
     * @param change for instance {@code jwt -> jwt.accessLifetime(Duration.ofMinutes(15))}
     */
    public PosternBuilder jwt(KeyRing keys, UnaryOperator<JwtSettings.Builder> change) {
        Objects.requireNonNull(change, CHANGE);
        return jwt(keys).set(builder -> builder.jwtSettings = then(builder.jwtSettings, change));
    }

    /** Sets the store of refresh token families, so that they can be listed, rotated and revoked. */
    public PosternBuilder refreshTokens(RefreshTokenStore store) {
        return setStore(RefreshTokenStore.class, store);
    }

    /**
     * Changes how tokens are refreshed.
     *
     * @param change for instance {@code refresh -> refresh.withClaims(user -> Map.of("name", user.username()))}
     */
    public PosternBuilder refreshTokens(UnaryOperator<RefreshSettings> change) {
        Objects.requireNonNull(change, CHANGE);
        return set(builder -> builder.refreshSettings = then(builder.refreshSettings, change));
    }

    /**
     * Sets the store of refresh token families and changes how tokens are refreshed.
     *
     * @param store the families
     * @param change for instance {@code refresh -> refresh.withMode(RotationMode.ROTATE)}
     */
    public PosternBuilder refreshTokens(RefreshTokenStore store, UnaryOperator<RefreshSettings> change) {
        return refreshTokens(store).refreshTokens(change);
    }

    /** Sets the store of revocations, so that revoking a family ends its access tokens too, not only its refresh tokens. */
    public PosternBuilder revocations(RevocationStore store) {
        return setStore(RevocationStore.class, store);
    }

    /**
     * Changes how fast and at what cost revocations take effect.
     *
     * @param change for instance {@code revocations -> revocations.alwaysCheckStore()}
     */
    public PosternBuilder revocations(UnaryOperator<Revocations.Builder> change) {
        Objects.requireNonNull(change, CHANGE);
        return set(builder -> {
            builder.stores.need(RevocationStore.class);
            builder.revocationSettings = then(builder.revocationSettings, change);
        });
    }

    /**
     * Sets the store of revocations, and how fast and at what cost they take effect.
     *
     * @param store the revocations
     * @param change for instance {@code revocations -> revocations.alwaysCheckStore()}
     */
    public PosternBuilder revocations(RevocationStore store, UnaryOperator<Revocations.Builder> change) {
        return revocations(store).revocations(change);
    }

    /**
     * Sends JWTs in cookies; a header takes precedence over a cookie.
     *
     * @param value for instance {@code JwtCookies.under("/auth/jwt/")}
     */
    public PosternBuilder jwtCookies(JwtCookies value) {
        Objects.requireNonNull(value, "jwtCookies");
        return set(builder -> builder.jwtCookies = value);
    }

    /** Stores sessions where all servers see them; by default they are the servlet container's. */
    public PosternBuilder sessions(SessionStore store) {
        return setStore(SessionStore.class, store);
    }

    /**
     * Changes the timeouts and the cookie of stored sessions.
     *
     * @param change for instance {@code session -> session.withIdleTimeout(Duration.ofHours(1))}
     */
    public PosternBuilder sessions(UnaryOperator<SessionSettings> change) {
        Objects.requireNonNull(change, CHANGE);
        return set(builder -> {
            builder.stores.need(SessionStore.class);
            builder.sessionSettings = then(builder.sessionSettings, change);
        });
    }

    /**
     * Stores sessions where all servers see them and changes their settings.
     *
     * @param store the sessions
     * @param change for instance {@code session -> session.withIdleTimeout(Duration.ofHours(1))}
     */
    public PosternBuilder sessions(SessionStore store, UnaryOperator<SessionSettings> change) {
        return sessions(store).sessions(change);
    }

    /** Sets the store in which the throttles of {@link io.postern.auth.throttle.StandardThrottles} count. */
    public PosternBuilder counters(CounterStore store) {
        return setStore(CounterStore.class, store);
    }

    /**
     * Changes the CSRF protection of requests with cookies.
     *
     * @param change for instance {@code csrf -> csrf.trustedOrigins("https://app.example.com")}
     */
    public PosternBuilder csrf(UnaryOperator<Csrf.Builder> change) {
        Objects.requireNonNull(change, CHANGE);
        return set(builder -> builder.csrf = then(builder.csrf, change));
    }

    /**
     * Sets which proxies are trusted.
     *
     * @param value none by default: the client is the peer of the connection
     */
    public PosternBuilder proxies(Proxies value) {
        Objects.requireNonNull(value, "proxies");
        return set(builder -> builder.proxies = value);
    }

    /**
     * Adds event listeners.
     *
     * @param first notified after those added before; the first of all is {@link AuthListener#logging()}
     * @param others notified next, in order
     */
    public PosternBuilder listeners(AuthListener first, AuthListener... others) {
        return set(builder -> builder.listeners = PolicySpec.added(builder.listeners, first, others));
    }

    /** Removes all listeners added so far, including the one that logs. */
    public PosternBuilder withoutListeners() {
        return set(builder -> builder.listeners = List.of());
    }

    /**
     * Sets the clock of all components.
     *
     * @param value the system's by default
     */
    public PosternBuilder clock(Clock value) {
        Objects.requireNonNull(value, "clock");
        return set(builder -> builder.clock = value);
    }

    /**
     * Changes how the gate reads headers and writes challenges.
     *
     * @param change for instance {@code gate -> gate.challengeStyle(Challenge.Style.ALL)}
     */
    public PosternBuilder gate(UnaryOperator<Gate.Builder> change) {
        Objects.requireNonNull(change, CHANGE);
        return set(builder -> builder.gate = then(builder.gate, change));
    }

    /**
     * Sets the format of error bodies.
     *
     * @param value the preset's by default
     */
    public PosternBuilder errorFormat(ErrorFormat value) {
        Objects.requireNonNull(value, "errorFormat");
        return set(builder -> builder.errorFormat = value);
    }

    /**
     * Sets the limits of request bodies of endpoints.
     *
     * @param value the preset's by default
     */
    public PosternBuilder bodyLimits(BodyLimits value) {
        Objects.requireNonNull(value, "bodyLimits");
        return set(builder -> builder.bodyLimits = value);
    }

    /**
     * Adds throttles of the endpoints that need no login, such as those that take passwords.
     *
     * @param first a {@code Throttle} or a factory of {@link io.postern.auth.throttle.StandardThrottles}; there is none by default, as in DRF
     * @param others consulted too
     */
    public PosternBuilder endpointThrottles(Policy.ThrottleSource first, Policy.ThrottleSource... others) {
        return set(builder -> builder.endpointThrottles = PolicySpec.added(builder.endpointThrottles, first, others));
    }

    /** Removes all throttles of endpoints added so far. */
    public PosternBuilder withoutEndpointThrottles() {
        return set(builder -> builder.endpointThrottles = List.of());
    }

    /**
     * Adds endpoints to the ready-made ones.
     *
     * @param change for instance {@code all -> all.add("/ping/", policy, methods -> methods.get(endpoint))}
     * @see Endpoint
     */
    public PosternBuilder endpoints(UnaryOperator<Endpoints.Builder> change) {
        Objects.requireNonNull(change, CHANGE);
        return set(builder -> builder.endpoints = then(builder.endpoints, change));
    }

    /**
     * Adds authenticators to the default policy.
     *
     * @param first an {@code Authenticator}, or a factory such as those of {@link StandardAuthenticators}; the first of all
     *     writes the challenge
     * @param others tried next, in order
     */
    public PosternBuilder authenticators(Policy.AuthenticatorSource first, Policy.AuthenticatorSource... others) {
        return set(builder -> builder.defaultPolicy = builder.defaultPolicy.authenticators(first, others));
    }

    /** Removes all authenticators of the default policy added so far. */
    public PosternBuilder withoutAuthenticators() {
        return set(builder -> builder.defaultPolicy = builder.defaultPolicy.withoutAuthenticators());
    }

    /**
     * Adds permissions to the default policy, all of which must grant.
     *
     * @param first evaluated first; public access has to be stated by {@code allowAny()}
     * @param others evaluated next, in order
     */
    public PosternBuilder permissions(Permission first, Permission... others) {
        return set(builder -> builder.defaultPolicy = builder.defaultPolicy.permissions(first, others));
    }

    /** Removes all permissions of the default policy added so far; at least one has to be added afterwards. */
    public PosternBuilder withoutPermissions() {
        return set(builder -> builder.defaultPolicy = builder.defaultPolicy.withoutPermissions());
    }

    /**
     * Adds throttles to the default policy, all of which are consulted.
     *
     * @param first a {@code Throttle} or a factory of {@link io.postern.auth.throttle.StandardThrottles}; there is none by default
     * @param others consulted too
     */
    public PosternBuilder throttles(Policy.ThrottleSource first, Policy.ThrottleSource... others) {
        return set(builder -> builder.defaultPolicy = builder.defaultPolicy.throttles(first, others));
    }

    /** Removes all throttles of the default policy added so far. */
    public PosternBuilder withoutThrottles() {
        return set(builder -> builder.defaultPolicy = builder.defaultPolicy.withoutThrottles());
    }

    /**
     * Adds a policy for a path that differs from the default policy only in its permissions.
     *
     * @param pattern as in {@link #policy(String, UnaryOperator)}
     * @param first replaces the permissions of the default policy
     * @param others must grant as well, in order
     * @throws IllegalArgumentException if the pattern is not a path, or has a policy already
     */
    public PosternBuilder policy(String pattern, Permission first, Permission... others) {
        return policy(pattern, policy -> policy.permissions(first, others));
    }

    /**
     * Adds a policy for a path. Exact paths take precedence over prefixes, and longer prefixes over shorter ones.
     *
     * @param pattern a path below the application such as {@code /login}, or a prefix such as {@code /admin/*}, which
     *     includes {@code /admin}; a slash at the end of an exact path is ignored
     * @param change names the parts that differ from the default policy
     * @throws IllegalArgumentException if the pattern is not a path, or has a policy already; that of an extension is
     *     replaced
     */
    public PosternBuilder policy(String pattern, UnaryOperator<PolicySpec> change) {
        String key = PathRules.requirePattern(pattern);
        PolicySpec spec = change.apply(PolicySpec.EMPTY);
        return set(builder -> {
            if (builder.policies.putIfAbsent(key, spec) != null) {
                throw new IllegalArgumentException("duplicate policy for " + pattern + ": combine them in one call");
            }
        });
    }

    /**
     * Adds an extension, whose defaults this builder's own calls override, whichever comes first.
     *
     * @param value several of one class are allowed; their order matters only for elements that they add to the same list,
     *     such as login steps, and for defaults that several of them set
     */
    public PosternBuilder with(Extension value) {
        Objects.requireNonNull(value, "extension");
        if (defaults == null) {
            defaults = new PosternBuilder();
        }
        value.configure(defaults);
        return set(builder -> builder.extensions.add(value));
    }

    /**
     * Builds the Postern.
     *
     * @throws IllegalStateException if a component is missing; the message names the call that adds it
     * @throws IllegalArgumentException if a setting is invalid; the message names it and how to fix it
     */
    public Postern build() {
        PosternBuilder all = new PosternBuilder();
        repeatOn(all);
        return new Assembly(all).build();
    }

    private void repeatOn(PosternBuilder target) {
        if (defaults != null) {
            defaults.repeatOn(target);
            target.endDefaults();
        }
        calls.forEach(call -> call.accept(target));
    }

    private void endDefaults() {
        stores.endDefaults();
        policies.forEach(defaultPolicies::put);
        policies.clear();
    }

    /** Returns the policies by pattern; one of the application replaces that of an extension. */
    Map<String, PolicySpec> policies() {
        Map<String, PolicySpec> all = new LinkedHashMap<>(defaultPolicies);
        all.putAll(policies);
        return all;
    }

    private <S> PosternBuilder setStore(Class<S> type, S store) {
        Objects.requireNonNull(store, type.getSimpleName());
        return set(builder -> builder.stores.set(type, store));
    }

    private PosternBuilder set(Consumer<PosternBuilder> call) {
        call.accept(this);
        calls.add(call);
        return this;
    }

    private static <T> UnaryOperator<T> then(UnaryOperator<T> first, UnaryOperator<T> next) {
        return settings -> next.apply(first.apply(settings));
    }
}
