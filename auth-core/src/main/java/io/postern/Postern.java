package io.postern;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authenticator;
import io.postern.auth.Denial;
import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorResponses;
import io.postern.auth.login.LoginFlow;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.refresh.JwtTokens;
import io.postern.auth.revocation.Revocations;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.session.StoredSessions;
import io.postern.auth.token.ApiTokens;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The configured application: its policies, the guard that enforces them, and its services.
 *
 * <pre>{@code
 * Postern postern = Postern.builder()
 *     .users(users)
 *     .authenticators(session(), basic())
 *     .permissions(isAuthenticated())
 *     .policy("/admin/*", place -> place.permissions(isAdmin()))
 *     .build();
 * }</pre>
 *
 * Pass it to an {@code AuthFilter}, or use {@link #guard()} where there are no servlets. Immutable and safe for use by
 * several threads. Corresponds to DRF's {@code REST_FRAMEWORK} setting.
 */
public final class Postern {

    private final Guard guard;
    private final Gate gate;
    private final Policy defaultPolicy;
    private final PathRules rules;
    private final AuthenticatorRegistry kitchen;
    private final Endpoints endpoints;
    private final ErrorResponses errors;

    Postern(
            Guard guard,
            Gate gate,
            Policy defaultPolicy,
            PathRules rules,
            AuthenticatorRegistry kitchen,
            Endpoints endpoints,
            ErrorResponses errors) {
        this.guard = guard;
        this.gate = gate;
        this.defaultPolicy = defaultPolicy;
        this.rules = rules;
        this.kitchen = kitchen;
        this.endpoints = endpoints;
        this.errors = errors;
    }

    /**
     * Returns an empty builder.
     *
     * @return the builder
     */
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
     * Returns a policy for a place that is not told by its path, as frameworks with routes have them.
     *
     * @param place says what differs from the default policy
     * @return the policy
     * @throws IllegalStateException if an authenticator lacks a part
     */
    public Policy policy(UnaryOperator<PolicySpec> place) {
        return kitchen.policy(place.apply(PolicySpec.asDefault()), defaultPolicy);
    }

    /**
     * Returns the configured authenticator of a class, of several the one that was named first.
     *
     * @param type its class
     * @return the authenticator
     * @throws IllegalStateException if no policy has one
     */
    public Authenticator authenticator(Class<? extends Authenticator> type) {
        return kitchen.authenticators().stream()
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
        return kitchen.parts().tokens();
    }

    /**
     * Returns the service that issues, refreshes, verifies and revokes JWTs, and lists families.
     *
     * @return the service
     * @throws IllegalStateException if there are no keys, none that signs, or no users
     */
    public JwtTokens jwt() {
        return kitchen.parts().jwt().tokens();
    }

    /**
     * Returns the service that revokes access tokens, one by one, by family or by user.
     *
     * @return the service
     * @throws IllegalStateException if there is no store of revocations
     */
    public Revocations revocations() {
        return kitchen.parts().jwt().revocations();
    }

    /**
     * Returns what an extension has made.
     *
     * @param <S> its class
     * @param type its class
     * @return the service; empty if no extension made one
     */
    public <S extends Extension.Service> Optional<S> service(Class<S> type) {
        return kitchen.parts().service(type);
    }

    JwtService jwtService() {
        return kitchen.parts().jwt();
    }

    /**
     * Forgets everything kept that has expired: sessions, opaque tokens, and what extensions keep. It works in small
     * batches, so that it may run beside requests.
     *
     * @return how many rows it forgot
     * @throws io.postern.auth.StoreException if a store cannot answer
     */
    public int deleteExpired() {
        return new ExpiryRun(kitchen.parts()).run();
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
        ExpiryRun purge = new ExpiryRun(kitchen.parts());
        return executor.scheduleWithFixedDelay(purge::tryRun, millis, millis, TimeUnit.MILLISECONDS);
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
        new UserDeletion(kitchen.parts()).delete(userId);
    }

    /**
     * Does what {@link #deleteUser} does, except for the deletion of the user. For a user store over a table of the
     * application: delete or deactivate the user there first, then call this, and repeat it after a failure.
     *
     * @throws io.postern.auth.StoreException if a store fails
     */
    public void deleteUserData(String userId) {
        new UserDeletion(kitchen.parts()).deleteData(userId);
    }

    /**
     * Returns the service that checks names and passwords.
     *
     * @return the login
     * @throws IllegalStateException if there are no users
     */
    public PasswordLogin passwords() {
        return kitchen.parts().login();
    }

    /**
     * Returns the flow that completes every login: for logins of your own, whose first factor is not a password.
     *
     * @throws IllegalStateException if there are no users
     */
    public LoginFlow loginFlow() {
        return kitchen.parts().loginFlow();
    }

    /**
     * Returns the service that logs users in to sessions and out of them.
     *
     * @throws IllegalStateException if there are no users
     */
    public SessionLogin sessions() {
        return kitchen.parts().sessions();
    }

    /**
     * Returns the service that lists and revokes the sessions in the session store.
     *
     * @throws IllegalStateException if sessions are the container's
     */
    public StoredSessions storedSessions() {
        return sessions()
                .stored()
                .orElseThrow(() -> new IllegalStateException(
                        "no SessionStore configured: call .sessions(store, session -> session) on the builder"));
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

    /** Returns the response for a denial: status, headers and body in the configured format. */
    public AuthResponse response(Denial denial) {
        return errors.of(denial);
    }
}
