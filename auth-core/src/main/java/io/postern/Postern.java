package io.postern;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authenticator;
import io.postern.auth.Denial;
import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorResponses;
import io.postern.auth.event.AuthListener;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.refresh.JwtTokens;
import io.postern.auth.revocation.Revocations;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.ApiTokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The one object an application builds: what is demanded where, and what checks it.
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
 * Hand it to an {@code AuthFilter}, or ask {@link #gate()} yourself where there are no servlets. Immutable and safe for
 * use by several threads. Stands where DRF has {@code REST_FRAMEWORK}.
 */
public final class Postern {

    private final Gate gate;
    private final Policy defaultPolicy;
    private final PathRules rules;
    private final Policies policies;
    private final Endpoints endpoints;
    private final ErrorResponses errors;
    private final ExpiryRun expiry;

    Postern(
            Gate gate,
            Policy defaultPolicy,
            PathRules rules,
            Policies policies,
            Endpoints endpoints,
            ErrorResponses errors,
            ExpiryRun expiry) {
        this.gate = gate;
        this.defaultPolicy = defaultPolicy;
        this.rules = rules;
        this.policies = policies;
        this.endpoints = endpoints;
        this.errors = errors;
        this.expiry = expiry;
    }

    /**
     * Returns an empty builder.
     *
     * @return the builder
     */
    public static PosternBuilder builder() {
        return new PosternBuilder();
    }

    /**
     * Returns the gate that holds requests against policies.
     *
     * @return the gate
     */
    public Gate gate() {
        return gate;
    }

    /**
     * Returns the policy of places of which nothing else is said.
     *
     * @return the policy
     */
    public Policy defaultPolicy() {
        return defaultPolicy;
    }

    /**
     * Returns the policy of a request's path. For an ambiguous path it is one that refuses with 400.
     *
     * @param request the request
     * @return the policy
     */
    public Policy policyFor(AuthRequest request) {
        return rules.find(request);
    }

    /**
     * Tells whether two readers could take the path of a request for different ones. {@link #policyFor} refuses such a
     * request; whoever replaces parts of that policy must not do so here.
     *
     * @param request the request
     * @return true if no policy may be chosen by the path
     */
    public boolean isAmbiguous(AuthRequest request) {
        return PathRules.isAmbiguous(request);
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
     * @param base has the parts that are not named
     * @param change names the parts that differ from the base
     * @throws IllegalStateException if a component of an authenticator is missing
     */
    public Policy policy(Policy base, UnaryOperator<PolicySpec> change) {
        return policies.create(change.apply(PolicySpec.EMPTY), base);
    }

    /**
     * Returns the configured authenticator of a class, of several the one that was named first.
     *
     * @param type its class
     * @return the authenticator
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
     * @return the tokens
     * @throws IllegalStateException if there are none
     */
    public ApiTokens tokens() {
        return policies.components().tokens();
    }

    /**
     * Returns the service that issues, refreshes, verifies and revokes JWTs, and lists families.
     *
     * @return the service
     * @throws IllegalStateException if there are no keys, none that signs, or no users
     */
    public JwtTokens jwt() {
        return policies.components().jwt().refreshTokens();
    }

    /**
     * Returns the service that revokes access tokens, one by one, by family or by user.
     *
     * @return the service
     * @throws IllegalStateException if there is no store of revocations
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

    JwtService jwtService() {
        return policies.components().jwt();
    }

    /**
     * Forgets everything kept that has expired: sessions, opaque tokens, and what extensions keep. It works in small
     * batches, so that it may run beside requests.
     *
     * @return how many rows it forgot
     * @throws io.postern.auth.StoreException if a store cannot answer
     */
    public int deleteExpired() {
        return expiry.run();
    }

    /**
     * Calls {@link #deleteExpired()} again and again; a failure is logged and the next try comes in time.
     *
     * @param executor runs it; yours, because the library starts no thread
     * @param interval how long to wait between two runs, and before the first
     * @return cancels it
     */
    public ScheduledFuture<?> deleteExpiredEvery(ScheduledExecutorService executor, Duration interval) {
        long millis = interval.toMillis();
        return executor.scheduleWithFixedDelay(expiry::tryRun, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Returns the service that checks names and passwords.
     *
     * @return the login
     * @throws IllegalStateException if there are no users
     */
    public PasswordLogin passwords() {
        return policies.components().login();
    }

    /**
     * Returns the service that logs users in to sessions and out of them, and lists and ends those of a user.
     *
     * @return the sessions
     * @throws IllegalStateException if there are no users
     */
    public SessionLogin sessions() {
        return policies.components().sessions();
    }

    /**
     * Returns the ready-made endpoints for what is configured: {@code /token/}, {@code /session/login/}, {@code
     * /session/logout/}, {@code /csrf/}, and those of extensions.
     *
     * @return the endpoints
     */
    public Endpoints endpoints() {
        return endpoints;
    }

    /**
     * Returns how many bytes of a body an adapter needs to read for an endpoint.
     *
     * @return the limit
     */
    public int maxBody() {
        return endpoints.maxBody();
    }

    /**
     * Returns what is to be written for a denial.
     *
     * @param denial the denial
     * @return status, headers and body
     */
    public AuthResponse response(Denial denial) {
        return errors.of(denial);
    }
}
