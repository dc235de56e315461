package io.postern;

import io.postern.auth.event.AuthListener;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.throttle.CounterStore;
import io.postern.auth.token.ApiTokens;
import io.postern.auth.token.TokenStore;
import io.postern.auth.user.UserStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an application has configured, for whoever makes an authenticator or an {@link Extension} of it.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Components {

    private final Preset preset;
    private final Stores stores;
    private final Optional<SessionLogin> sessions;
    private final Optional<PasswordLogin> login;
    private final Optional<ApiTokens> tokens;
    private final Csrf csrf;
    private final AuthListener listener;
    private final Clock clock;
    private final Optional<JwtService> jwt;
    private final Optional<LoginFlow> loginFlow;
    private final List<Extension.Service> services;

    Components(
            Preset preset,
            Stores stores,
            @Nullable SessionLogin sessions,
            @Nullable PasswordLogin login,
            @Nullable ApiTokens tokens,
            Csrf csrf,
            AuthListener listener,
            Clock clock) {
        this.preset = preset;
        this.stores = stores;
        this.sessions = Optional.ofNullable(sessions);
        this.login = Optional.ofNullable(login);
        this.tokens = Optional.ofNullable(tokens);
        this.csrf = csrf;
        this.listener = listener;
        this.clock = clock;
        this.jwt = Optional.empty();
        this.loginFlow = Optional.empty();
        this.services = List.of();
    }

    private Components(
            Components others,
            Optional<JwtService> jwt,
            Optional<LoginFlow> loginFlow,
            List<Extension.Service> services) {
        this.preset = others.preset;
        this.stores = others.stores;
        this.sessions = others.sessions;
        this.login = others.login;
        this.tokens = others.tokens;
        this.csrf = others.csrf;
        this.listener = others.listener;
        this.clock = others.clock;
        this.jwt = jwt;
        this.loginFlow = loginFlow;
        this.services = List.copyOf(services);
    }

    /**
     * Returns the set of settings that counts where nothing else is said.
     *
     * @return the preset
     */
    public Preset preset() {
        return preset;
    }

    /** Returns the configured stores, those of extensions included. */
    public Stores stores() {
        return stores;
    }

    /** Returns whether there is a user store, which {@link #users}, {@link #login} and {@link #sessions} need. */
    public boolean hasUsers() {
        return login.isPresent();
    }

    /**
     * Returns the user store.
     *
     * @throws IllegalStateException if there is none
     */
    public UserStore users() {
        return require(UserStore.class);
    }

    /**
     * Returns the counter store of the throttles.
     *
     * @throws IllegalStateException if there is none
     */
    public CounterStore counters() {
        return require(CounterStore.class);
    }

    /**
     * Returns the store of one-time secrets.
     *
     * @throws IllegalStateException if there is none
     */
    public OneTimeStore oneTimeSecrets() {
        return require(OneTimeStore.class);
    }

    /**
     * Returns the service that verifies passwords.
     *
     * @throws IllegalStateException if there is no user store
     */
    public PasswordLogin login() {
        return login.orElseThrow(() -> ConfiguredStores.missing(UserStore.class));
    }

    /**
     * Returns the flow that completes logins; not available while extensions are built.
     *
     * @throws IllegalStateException if there are no users
     */
    public LoginFlow loginFlow() {
        return loginFlow.orElseThrow(() -> ConfiguredStores.missing(UserStore.class));
    }

    /**
     * Returns the service of opaque tokens.
     *
     * @throws IllegalStateException if there is no token store
     */
    public ApiTokens tokens() {
        return tokens.orElseThrow(() -> ConfiguredStores.missing(TokenStore.class));
    }

    /**
     * Returns the service of sessions.
     *
     * @throws IllegalStateException if there is no user store
     */
    public SessionLogin sessions() {
        return sessions.orElseThrow(() -> ConfiguredStores.missing(UserStore.class));
    }

    /**
     * Returns the proof asked of requests with a session.
     *
     * @return the proof
     */
    public Csrf csrf() {
        return csrf;
    }

    /**
     * Returns who is told what happens.
     *
     * @return all listeners as one; a slow or failing one changes no answer
     */
    public AuthListener listener() {
        return listener;
    }

    /**
     * Returns the clock.
     *
     * @return the clock
     */
    public Clock clock() {
        return clock;
    }

    /**
     * Returns what an extension has made.
     *
     * @param <S> its class
     * @param type its class
     * @return the service; empty if no extension made one
     */
    public <S extends Extension.Service> Optional<S> service(Class<S> type) {
        return services.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    Components withJwt(JwtService service) {
        return new Components(this, Optional.of(service), loginFlow, services);
    }

    Components withLoginFlow(LoginFlow flow) {
        return new Components(this, jwt, Optional.of(flow), services);
    }

    Optional<JwtService> jwtService() {
        return jwt;
    }

    JwtService jwt() {
        return jwt.orElseThrow(JwtService::missing);
    }

    Components and(Extension.Service service) {
        if (service(service.getClass()).isPresent()) {
            throw new IllegalStateException(
                    "two extensions make a " + service.getClass().getSimpleName() + ": say it all in one .with(…)");
        }
        List<Extension.Service> all = new ArrayList<>(services);
        all.add(service);
        return new Components(this, jwt, loginFlow, all);
    }

    List<Extension.Service> services() {
        return services;
    }

    /** What forgets a batch of expired rows, of each part there is. */
    List<IntUnaryOperator> expiryJobs() {
        List<IntUnaryOperator> all = new ArrayList<>();
        sessions.flatMap(SessionLogin::stored).ifPresent(service -> all.add(service::deleteExpired));
        tokens.ifPresent(service -> all.add(service::deleteExpired));
        stores.find(OneTimeStore.class)
                .ifPresent(store -> all.add(limit -> store.deleteExpired(clock.instant(), limit)));
        jwt.ifPresent(service -> all.addAll(service.expiryJobs()));
        services.forEach(service -> all.addAll(service.expiryJobs()));
        return all;
    }

    boolean hasTokens() {
        return tokens.isPresent();
    }

    private <S> S require(Class<S> type) {
        return stores.find(type).orElseThrow(() -> ConfiguredStores.missing(type));
    }
}
