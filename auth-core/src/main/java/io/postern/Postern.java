package io.postern;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authenticator;
import io.postern.auth.Denial;
import io.postern.auth.Gate;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.JwtTokens;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.revocation.Revocations;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.ApiTokens;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The configured application: its policies, the guard that enforces them, and its services.
 *
 * <pre>{@code
 * Postern postern = Postern.builder()
 *     .users(users)
 *     .authenticators(session(), basic())
 *     .permissions(isAuthenticated())
 *     .policy("/admin/*", isAdmin())
 *     .build();
 * }</pre>
 *
 * Pass it to an {@code AuthFilter}, or use {@link #guard()} without servlets; close it when the application ends. Immutable
 * and safe for use by several threads. Corresponds to DRF's {@code REST_FRAMEWORK} setting.
 */
public final class Postern implements AutoCloseable {

    private final Guard guard;
    private final Gate gate;
    private final Policy defaultPolicy;
    private final PathRules rules;
    private final Policies policies;
    private final Endpoints endpoints;
    private final ErrorFormat errors;
    private final ExpiryRun expiry;
    private final UserDeletion deletion;
    private final Closing closing;

    Postern(
            Guard guard,
            Gate gate,
            Policy defaultPolicy,
            PathRules rules,
            Policies policies,
            Endpoints endpoints,
            ErrorFormat errors) {
        this.guard = guard;
        this.gate = gate;
        this.defaultPolicy = defaultPolicy;
        this.rules = rules;
        this.policies = policies;
        this.endpoints = endpoints;
        this.errors = errors;
        this.expiry = new ExpiryRun(policies.components());
        this.deletion = new UserDeletion(policies.components());
        JwtService jwt = policies.components().jwtService();
        this.closing = new Closing(
                jwt == null ? List.of() : List.of(jwt),
                policies.authenticators(),
                policies.components().services(Object.class));
    }

    /** Returns an empty builder. */
    public static PosternBuilder builder() {
        return new PosternBuilder();
    }

    /** Returns the guard, through which the adapter of a framework evaluates requests and serves endpoints. */
    public Guard guard() {
        return guard;
    }

    /**
     * Returns the gate, which evaluates requests without any effect: it reports no event and knows no proxies. Adapters
     * use {@link #guard()}.
     */
    public Gate gate() {
        return gate;
    }

    /** Returns the policy of paths without a policy of their own. */
    public Policy defaultPolicy() {
        return defaultPolicy;
    }

    /** Returns the policy of a request's path. */
    public Policy policyFor(AuthRequest request) {
        return rules.find(request);
    }

    /**
     * Creates a policy that is not chosen by path, as for the routes of a framework.
     *
     * @param change names the parts that differ from the default policy
     * @throws IllegalStateException if a component of an authenticator is missing
     */
    public Policy policy(UnaryOperator<PolicySpec> change) {
        return policy(defaultPolicy, change);
    }

    /**
     * Creates a policy on the basis of another, as for the annotations of a handler.
     *
     * @param base has the parts that are not named, and whether HTTPS is required
     * @param change names the parts that differ from the base
     * @throws IllegalStateException if a component of an authenticator is missing
     */
    public Policy policy(Policy base, UnaryOperator<PolicySpec> change) {
        return policies.create(change.apply(PolicySpec.EMPTY), base);
    }

    /**
     * Returns the configured authenticator of a class, of several the first.
     *
     * @throws IllegalStateException if no policy has one
     */
    public Authenticator authenticator(Class<? extends Authenticator> type) {
        return policies.authenticators().stream()
                .filter(type::isInstance)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName()
                        + " is configured: name it in .authenticators(…) of the builder or of a policy"));
    }

    /**
     * Returns the service that issues, finds and revokes opaque tokens.
     *
     * @throws IllegalStateException if no token store is configured
     */
    public ApiTokens tokens() {
        return policies.components().tokens();
    }

    /**
     * Returns the service that issues, refreshes, verifies and revokes JWTs, and lists families.
     *
     * @throws IllegalStateException without keys, a key that signs, or users
     */
    public JwtTokens jwt() {
        return policies.components().jwt().tokens();
    }

    /**
     * Returns the service that revokes access tokens, one by one, by family or by user.
     *
     * @throws IllegalStateException if no revocation store is configured
     */
    public Revocations revocations() {
        return policies.components().jwt().revocations();
    }

    /**
     * Returns the only service of a class that extensions have contributed.
     *
     * @param type its class or an interface
     * @throws IllegalStateException if there is none or more than one
     */
    public <S> S service(Class<S> type) {
        return policies.components().service(type);
    }

    /**
     * Returns the service of a class and a name that an extension has contributed.
     *
     * @param type its class or an interface
     * @param name the name that its extension has given it
     * @throws IllegalStateException if there is none
     */
    public <S> S service(Class<S> type, String name) {
        return policies.components().service(type, name);
    }

    /**
     * Returns all services of a class that extensions have contributed.
     *
     * @param type the class or an interface
     * @return in no particular order
     */
    public <S> List<S> services(Class<S> type) {
        return policies.components().services(type);
    }

    /** Returns all listeners as one, for events of the application; it never throws. */
    public AuthListener listener() {
        return policies.components().listener();
    }

    /**
     * Ends the thread that reads revocations, and closes the authenticators and the services of extensions that are
     * {@link AutoCloseable}, so that nothing of them outlives the application. A failure is logged; further calls have no
     * effect. Stores, executors and whatever else the application has created are left to the application. Requests are
     * still evaluated; tokens that can be revoked are denied with 503 when the revocations in memory are too old.
     */
    @Override
    public void close() {
        closing.run();
    }

    /**
     * Deletes expired rows of all stores: sessions, tokens, one-time secrets and those of extensions. It works in small
     * batches, so that it may run beside requests.
     *
     * @return the number of deleted rows
     * @throws io.postern.auth.StoreException if a store fails; the others are cleaned nevertheless
     */
    public int deleteExpired() {
        return expiry.run();
    }

    /**
     * Calls {@link #deleteExpired()} periodically; a failure is logged, and the schedule continues.
     *
     * @param executor runs it; the library starts no thread
     * @param interval the delay between two runs, and before the first
     * @return cancels the schedule
     */
    public ScheduledFuture<?> deleteExpiredEvery(ScheduledExecutorService executor, Duration interval) {
        long millis = interval.toMillis();
        return executor.scheduleWithFixedDelay(expiry::tryRun, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Deletes a user and everything stored about the user: revokes refresh tokens and, if revocations are configured,
     * access tokens; deletes opaque tokens, sessions, one-time secrets and the data of extensions; then the user. A failure
     * leaves the user in place, and the call can be repeated.
     *
     * <p><b>Security.</b> Revoked families remain until they expire, so that their refresh tokens stay dead. Without
     * revocations, stateless access tokens are valid until they expire: do not give the id to another user before.
     *
     * @param userId the user; nothing happens if there is none
     * @throws io.postern.auth.StoreException if a store fails
     * @throws UnsupportedOperationException if the user store does not delete users; use {@link #deleteUserData}
     */
    public void deleteUser(String userId) {
        deletion.delete(userId);
    }

    /**
     * Does what {@link #deleteUser} does, except for the deletion of the user. For a user store over a table of the
     * application, in this order: deactivate the user there, so that no login starts; call this, and repeat it after a failure;
     * delete the row. With {@code usernameAsUserId()} this reads the name in tokens from the row; in any case, access tokens
     * are revoked first, then families, then rows are deleted.
     *
     * @throws io.postern.auth.StoreException if a store fails
     */
    public void deleteUserData(String userId) {
        deletion.deleteData(userId);
    }

    /**
     * Returns the service that verifies names and passwords.
     *
     * @throws IllegalStateException if no user store is configured
     */
    public PasswordLogin passwords() {
        return policies.components().login();
    }

    /**
     * Returns the flow that completes every login: for logins of your own, whose first factor is not a password.
     *
     * @throws IllegalStateException without a user store
     */
    public LoginFlow loginFlow() {
        return policies.components().loginFlow();
    }

    /**
     * Returns the service that logs users in to sessions and out of them.
     *
     * @throws IllegalStateException without a user store
     */
    public SessionLogin sessions() {
        return policies.components().sessions();
    }

    /**
     * Returns the service that lists and revokes the sessions in the session store.
     *
     * @throws IllegalStateException if sessions are the container's
     */
    public SessionLogin.StoredSessions storedSessions() {
        return sessions()
                .stored()
                .orElseThrow(() ->
                        new IllegalStateException("no SessionStore configured: call .sessions(store) on the builder"));
    }

    /**
     * Returns the endpoints: those of what is configured, such as {@code /session/login/} and {@code /jwt/create/}, those of
     * extensions, and those that the application has added.
     */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** Returns the response for a denial: status, headers and body in the configured format. */
    public AuthResponse response(Denial denial) {
        return errors.response(denial);
    }

    /**
     * Describes a policy; parts that are omitted are taken from the policy that it is based on, usually the default one.
     *
     * <pre>{@code
     * .policy("/reports/*", policy -> policy.authenticators(basic()).permissions(hasRole("auditor")))
     * }</pre>
     *
     * <p>A part that is named replaces that part of the base. Several calls for one part add up; {@code without…()} removes
     * what was added before. An element that is equal to one in the list is not added again. Immutable and safe for use by
     * several threads.
     */
    public static final class PolicySpec {

        static final PolicySpec EMPTY = new PolicySpec(null, null, null);

        private final @Nullable List<Policy.AuthenticatorSource> authenticators;
        private final @Nullable List<Permission> permissions;
        private final @Nullable List<Policy.ThrottleSource> throttles;

        private PolicySpec(
                @Nullable List<Policy.AuthenticatorSource> authenticators,
                @Nullable List<Permission> permissions,
                @Nullable List<Policy.ThrottleSource> throttles) {
            this.authenticators = authenticators;
            this.permissions = permissions;
            this.throttles = throttles;
        }

        /**
         * Returns a copy with further authenticators.
         *
         * @param first an {@code Authenticator} or a factory; the first of all writes the challenge
         * @param others tried next, in order
         */
        public PolicySpec authenticators(Policy.AuthenticatorSource first, Policy.AuthenticatorSource... others) {
            return new PolicySpec(added(authenticators, first, others), permissions, throttles);
        }

        /** Returns a copy without authenticators: credentials are not read, and every caller is anonymous. */
        public PolicySpec withoutAuthenticators() {
            return new PolicySpec(List.of(), permissions, throttles);
        }

        /**
         * Returns a copy with further permissions, all of which must grant.
         *
         * @param first evaluated first
         * @param others evaluated next, in order
         */
        public PolicySpec permissions(Permission first, Permission... others) {
            return new PolicySpec(authenticators, added(permissions, first, others), throttles);
        }

        /** Returns a copy without the permissions added so far; at least one has to be added afterwards. */
        public PolicySpec withoutPermissions() {
            return new PolicySpec(authenticators, List.of(), throttles);
        }

        /**
         * Returns a copy with further throttles, all of which are consulted.
         *
         * @param first a {@code Throttle} or a factory of {@link io.postern.auth.throttle.StandardThrottles}
         * @param others consulted too
         */
        public PolicySpec throttles(Policy.ThrottleSource first, Policy.ThrottleSource... others) {
            return new PolicySpec(authenticators, permissions, added(throttles, first, others));
        }

        /** Returns a copy without throttles. */
        public PolicySpec withoutThrottles() {
            return new PolicySpec(authenticators, permissions, List.of());
        }

        @Nullable
        List<Policy.AuthenticatorSource> authenticators() {
            return authenticators;
        }

        @Nullable
        List<Permission> permissions() {
            return permissions;
        }

        @Nullable
        List<Policy.ThrottleSource> throttles() {
            return throttles;
        }

        /** Adds elements to a list that has none twice. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        static <T> List<T> added(@Nullable List<T> before, T first, T... others) {
            Set<T> all = new LinkedHashSet<>(before == null ? List.of() : before);
            all.add(first);
            Collections.addAll(all, others);
            all.forEach(each -> Objects.requireNonNull(each, "an element of the list is null"));
            return List.copyOf(all);
        }
    }
}
