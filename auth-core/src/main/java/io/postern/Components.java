package io.postern;

import io.postern.auth.event.AuthListener;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.onetime.OneTimeStore;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.ApiTokens;
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
    private final Optional<UserStore> users;
    private final Optional<SessionLogin> sessions;
    private final Optional<PasswordLogin> login;
    private final Optional<ApiTokens> tokens;
    private final Csrf csrf;
    private final AuthListener listener;
    private final Clock clock;
    private final Optional<JwtService> jwt;
    private final Optional<LoginFlow> loginFlow;
    private final Optional<OneTimeStore> oneTime;
    private final List<Extension.Service> services;

    Components(
            Preset preset,
            @Nullable UserStore users,
            @Nullable SessionLogin sessions,
            @Nullable PasswordLogin login,
            @Nullable ApiTokens tokens,
            @Nullable OneTimeStore oneTime,
            Csrf csrf,
            AuthListener listener,
            Clock clock) {
        this.preset = preset;
        this.users = Optional.ofNullable(users);
        this.sessions = Optional.ofNullable(sessions);
        this.login = Optional.ofNullable(login);
        this.tokens = Optional.ofNullable(tokens);
        this.csrf = csrf;
        this.listener = listener;
        this.clock = clock;
        this.jwt = Optional.empty();
        this.loginFlow = Optional.empty();
        this.oneTime = Optional.ofNullable(oneTime);
        this.services = List.of();
    }

    private Components(
            Components others,
            Optional<JwtService> jwt,
            Optional<LoginFlow> loginFlow,
            List<Extension.Service> services) {
        this.preset = others.preset;
        this.users = others.users;
        this.sessions = others.sessions;
        this.login = others.login;
        this.tokens = others.tokens;
        this.csrf = others.csrf;
        this.listener = others.listener;
        this.clock = others.clock;
        this.jwt = jwt;
        this.loginFlow = loginFlow;
        this.oneTime = others.oneTime;
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

    /**
     * Tells whether there are users; without them there is nobody to log in.
     *
     * @return whether {@link #users}, {@link #login} and {@link #sessions} answer
     */
    public boolean hasUsers() {
        return users.isPresent();
    }

    /**
     * Returns who exists.
     *
     * @return the store
     * @throws IllegalStateException if there is none
     */
    public UserStore users() {
        return users.orElseThrow(() -> missing("who exists", ".users(userStore)"));
    }

    /**
     * Returns what checks passwords.
     *
     * @return the login
     * @throws IllegalStateException if there are no users
     */
    public PasswordLogin login() {
        return login.orElseThrow(() -> missing("who exists", ".users(userStore)"));
    }

    /**
     * Returns the flow that completes logins; not available while extensions are built.
     *
     * @return the flow
     * @throws IllegalStateException if there are no users
     */
    public LoginFlow loginFlow() {
        return loginFlow.orElseThrow(() -> missing("who exists", ".users(userStore)"));
    }

    /**
     * Returns the store of one-time secrets.
     *
     * @return the store
     * @throws IllegalStateException if there is none
     */
    public OneTimeStore oneTime() {
        return oneTime.orElseThrow(() -> new IllegalStateException("no OneTimeStore configured: call .oneTime(store) "
                + "on the builder, with new InMemoryOneTimeStore() on a single server"));
    }

    /**
     * Returns the opaque tokens.
     *
     * @return the tokens
     * @throws IllegalStateException if there are none
     */
    public ApiTokens tokens() {
        return tokens.orElseThrow(() -> missing("where opaque tokens are kept", ".tokens(tokenStore)"));
    }

    /**
     * Returns what says whose a session is.
     *
     * @return the sessions
     * @throws IllegalStateException if there are no users
     */
    public SessionLogin sessions() {
        return sessions.orElseThrow(() -> missing("who exists", ".users(userStore)"));
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
        sessions.ifPresent(service -> all.add(service::deleteExpired));
        tokens.ifPresent(service -> all.add(service::deleteExpired));
        oneTime.ifPresent(store -> all.add(limit -> store.deleteExpired(clock.instant(), limit)));
        jwt.ifPresent(service -> all.addAll(service.expiryJobs()));
        services.forEach(service -> all.addAll(service.expiryJobs()));
        return all;
    }

    boolean hasTokens() {
        return tokens.isPresent();
    }

    private static IllegalStateException missing(String what, String call) {
        return new IllegalStateException("Postern is not told " + what + ": add " + call + " to its builder");
    }
}
