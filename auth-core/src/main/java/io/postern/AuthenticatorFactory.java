package io.postern;

import io.postern.auth.Authenticator;
import io.postern.auth.Policy;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Creates an authenticator once the components of a {@link Postern} are known; {@link StandardAuthenticators} has one for
 * each kind.
 *
 * <pre>{@code
 * AuthenticatorFactory basic = components ->
 *         BasicAuthenticator.of(components.login(), components.loginFlow()).withRealm("orders");
 * }</pre>
 *
 * <p>Equal factories share one authenticator, so that two policies with {@code basic()} have the same one.
 */
@FunctionalInterface
public interface AuthenticatorFactory extends Policy.AuthenticatorSource {

    /**
     * Creates the authenticator; called once by {@link PosternBuilder#build()}.
     *
     * @param components the configured components
     * @throws IllegalStateException if a component is missing; the message names the call that adds it
     */
    Authenticator create(Components components);

    /**
     * The configured components, as passed to {@link AuthenticatorFactory} and {@link Extension}.
     *
     * <p>Safe for use by several threads; nothing changes after {@link PosternBuilder#build()}.
     */
    final class Components {

        private final Preset preset;
        private final Clock clock;
        private final AuthListener listener;
        private final Csrf csrf;
        private final Stores stores;
        private final @Nullable SessionLogin sessions;
        private final @Nullable PasswordLogin login;
        private final @Nullable ApiTokens tokens;
        private volatile @Nullable JwtService jwt;
        private volatile @Nullable LoginFlow loginFlow;
        private volatile Extension.@Nullable Registry started;

        Components(
                Preset preset,
                Clock clock,
                AuthListener listener,
                Csrf csrf,
                Stores stores,
                @Nullable SessionLogin sessions,
                @Nullable PasswordLogin login,
                @Nullable ApiTokens tokens) {
            this.preset = preset;
            this.clock = clock;
            this.listener = listener;
            this.csrf = csrf;
            this.stores = stores;
            this.sessions = sessions;
            this.login = login;
            this.tokens = tokens;
        }

        /** Returns the preset. */
        public Preset preset() {
            return preset;
        }

        /** Returns the configured stores, those of extensions included. */
        public Stores stores() {
            return stores;
        }

        /** Returns whether a user store is configured, so that {@link #users}, {@link #login} and {@link #sessions} return. */
        public boolean hasUsers() {
            return login != null;
        }

        /**
         * Returns the user store.
         *
         * @throws IllegalStateException if none is configured
         */
        public UserStore users() {
            return require(UserStore.class);
        }

        /**
         * Returns the service that verifies passwords.
         *
         * @throws IllegalStateException if no user store is configured
         */
        public PasswordLogin login() {
            return required(login, UserStore.class);
        }

        /**
         * Returns the flow that completes logins.
         *
         * @throws IllegalStateException if no user store is configured, or while extensions are being started
         */
        public LoginFlow loginFlow() {
            LoginFlow flow = loginFlow;
            if (flow == null && hasUsers()) {
                throw new IllegalStateException("the login flow cannot be used in Extension.start: "
                        + "use it in an endpoint or an AuthenticatorFactory");
            }
            return required(flow, UserStore.class);
        }

        /**
         * Returns the service of opaque tokens.
         *
         * @throws IllegalStateException if no token store is configured
         */
        public ApiTokens tokens() {
            return required(tokens, TokenStore.class);
        }

        /**
         * Returns the service that binds sessions to users.
         *
         * @throws IllegalStateException if no user store is configured
         */
        public SessionLogin sessions() {
            return required(sessions, UserStore.class);
        }

        /**
         * Returns the store of throttles.
         *
         * @throws IllegalStateException if none is configured
         */
        public CounterStore counters() {
            return require(CounterStore.class);
        }

        /**
         * Returns the store of one-time secrets.
         *
         * @throws IllegalStateException if none is configured
         */
        public OneTimeStore oneTimeSecrets() {
            return require(OneTimeStore.class);
        }

        /** Returns the CSRF protection of requests with cookies. */
        public Csrf csrf() {
            return csrf;
        }

        /** Returns all listeners as one, which never throws. */
        public AuthListener listener() {
            return listener;
        }

        /** Returns the clock. */
        public Clock clock() {
            return clock;
        }

        /**
         * Returns the only service of a class.
         *
         * @param type its class or an interface
         * @throws IllegalStateException if there is none or more than one, or while extensions are being started
         */
        public <S> S service(Class<S> type) {
            List<S> found = services(type);
            if (found.size() != 1) {
                throw new IllegalStateException(
                        found.isEmpty()
                                ? "no " + type.getSimpleName() + " is configured: add its extension by .with(…)"
                                : "there are " + found.size() + " services of " + type.getSimpleName() + ": name one");
            }
            return found.get(0);
        }

        /**
         * Returns the service of a class and a name.
         *
         * @param type its class or an interface
         * @param name the name that its extension has given it
         * @throws IllegalStateException if there is none, or while extensions are being started
         */
        public <S> S service(Class<S> type, String name) {
            return started().services().stream()
                    .filter(named -> named.isA(type, name))
                    .map(named -> type.cast(named.service()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " is named \"" + name
                            + "\": add its extension by .with(…)"));
        }

        /**
         * Returns all services of a class.
         *
         * @param type the class or an interface
         * @return in no particular order
         * @throws IllegalStateException while extensions are being started
         */
        public <S> List<S> services(Class<S> type) {
            List<S> found = new ArrayList<>();
            for (Extension.Registry.Named named : started().services()) {
                if (type.isInstance(named.service())) {
                    found.add(type.cast(named.service()));
                }
            }
            return found;
        }

        void start(@Nullable JwtService service) {
            jwt = service;
        }

        void start(Extension.Registry registry) {
            started = registry;
        }

        void start(LoginFlow flow) {
            loginFlow = flow;
        }

        @Nullable
        JwtService jwtService() {
            return jwt;
        }

        JwtService jwt() {
            JwtService service = jwt;
            if (service == null) {
                throw new IllegalStateException("No KeyRing configured: call .jwt(KeyRing.of(key)) on the builder");
            }
            return service;
        }

        /** The jobs that delete expired rows, one for each store. */
        List<Extension.ExpiryJob> expiryJobs() {
            List<Extension.ExpiryJob> all = new ArrayList<>();
            if (sessions != null) {
                sessions.stored().ifPresent(stored -> all.add(stored::deleteExpired));
            }
            if (tokens != null) {
                all.add(tokens::deleteExpired);
            }
            stores.find(OneTimeStore.class)
                    .ifPresent(store -> all.add(limit -> store.deleteExpired(clock.instant(), limit)));
            JwtService service = jwt;
            if (service != null) {
                all.addAll(service.expiryJobs());
            }
            all.addAll(started().expiryJobs());
            return all;
        }

        boolean hasTokens() {
            return tokens != null;
        }

        /** What extensions delete of a user. */
        List<Consumer<String>> userDeletions() {
            return started().userDeletions();
        }

        private Extension.Registry started() {
            Extension.Registry all = started;
            if (all == null) {
                throw new IllegalStateException("services of extensions cannot be looked up in Extension.start: "
                        + "look them up in an endpoint or an AuthenticatorFactory");
            }
            return all;
        }

        private <S> S require(Class<S> type) {
            return stores.find(type).orElseThrow(() -> ConfiguredStores.missing(type));
        }

        private static <T> T required(@Nullable T component, Class<?> store) {
            if (component == null) {
                throw ConfiguredStores.missing(store);
            }
            return component;
        }
    }
}
