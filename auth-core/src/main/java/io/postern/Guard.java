package io.postern;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.StoreException;
import io.postern.auth.Throttle;
import io.postern.auth.Verdict;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.endpoint.ErrorFormat;
import io.postern.auth.event.AuthEvent;
import io.postern.auth.event.AuthListener;
import io.postern.auth.internal.request.FormRequest;
import io.postern.auth.internal.request.RequestBody;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the adapter of a framework needs: it evaluates requests before their handlers run, maps exceptions of
 * handlers to responses, and serves the endpoints.
 *
 * <pre>{@code
 * Guard.Outcome outcome = guard.enter(request);
 * if (outcome instanceof Guard.Respond refused) {
 *     return refused.response();
 * }
 * Guard.Entered entered = (Guard.Entered) outcome;
 * try {
 *     return handler.handle(entered.authentication());
 * } catch (Exception e) {
 *     return guard.failed(entered, e);
 * }
 * }</pre>
 *
 * <p><b>Security.</b> It fails closed: no method throws what an authenticator, a permission or a store throws; the response
 * is 503 for a failing store and 500 with an opaque id otherwise, and the handler must not run.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Guard {

    private static final int MAX_CAUSES = 32;

    private final Gate gate;
    private final UnaryOperator<AuthRequest> proxies;
    private final PathRules rules;
    private final Endpoints endpoints;
    private final Responses responses;
    private final AuthListener listener;
    private final Clock clock;
    private final Failures failures;

    Guard(
            Gate gate,
            UnaryOperator<AuthRequest> proxies,
            PathRules rules,
            Endpoints endpoints,
            ErrorFormat errors,
            AuthListener listener,
            Clock clock) {
        this.gate = gate;
        this.proxies = proxies;
        this.rules = rules;
        this.endpoints = endpoints;
        this.responses = new Responses(errors);
        this.listener = listener;
        this.clock = clock;
        this.failures = new Failures(errors, listener, clock);
    }

    /** The outcome of {@link #enter}: call the handler, or send a response. */
    public sealed interface Outcome {}

    /** The request may proceed to its handler. Immutable; belongs to one request. */
    public static final class Entered implements Outcome {

        private final AuthRequest request;
        private final Policy policy;
        private final Authentication authentication;
        private final List<Throttle> counted;

        private Entered(AuthRequest request, Policy policy, Authentication authentication, List<Throttle> counted) {
            this.request = request;
            this.policy = policy;
            this.authentication = authentication;
            this.counted = counted;
        }

        /** Returns the user that the request acts for, to be passed to the handler as a value. */
        public Authentication authentication() {
            return authentication;
        }

        /** Returns the headers to add to the response of the handler: {@code Vary}, or none. */
        public Map<String, String> headers() {
            return policy.headers();
        }

        @Override
        public String toString() {
            return "Entered[" + authentication + "]";
        }
    }

    /**
     * The request must not reach its handler.
     *
     * @param response the response to send
     */
    public record Respond(AuthResponse response) implements Outcome {}

    /** Evaluates a request against the policy of its path. */
    public Outcome enter(AuthRequest request) {
        return evaluate(request, null, null, false);
    }

    /** Evaluates a request against the policy of its route, for frameworks that know their routes. */
    public Outcome enter(AuthRequest request, Policy policy) {
        return evaluate(request, policy, null, false);
    }

    /**
     * Evaluates a request that may have entered before, as for a forward or an include: the authentication is taken over
     * if the policy has its authenticator, and no throttle counts the request twice.
     *
     * @param before the first entry; null if there was none
     */
    public Outcome enter(AuthRequest request, Policy policy, @Nullable Entered before) {
        return evaluate(request, policy, before, false);
    }

    /**
     * Evaluates whether an error page may be shown: nothing is authenticated anew, and no throttle counts.
     *
     * @param before the entry of the request that failed; null if there was none
     */
    public Outcome enterErrorPage(AuthRequest request, Policy policy, @Nullable Entered before) {
        return evaluate(request, policy, before, true);
    }

    /**
     * Returns the response to a request whose handler threw: that of a {@link DeniedException}, with the challenges of the
     * policy and reported to the listeners; 503 for a {@link StoreException}; otherwise 500 with an opaque id under which
     * the exception is logged. Frameworks wrap exceptions, so the causes are searched too.
     */
    public AuthResponse failed(Entered entered, Throwable thrown) {
        Optional<AuthResponse> known = refused(entered, thrown);
        return known.isPresent() ? known.get() : failures.respond(entered.request, thrown);
    }

    /**
     * Returns the response as {@link #failed(Entered, Throwable)} does if the exception or a cause is a
     * {@link DeniedException} or a {@link StoreException}; empty for exceptions that are left to the framework.
     */
    public Optional<AuthResponse> refused(Entered entered, Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; depth < MAX_CAUSES && cause != null; depth++) {
            if (cause instanceof DeniedException denied) {
                Denial denial = gate.challenge(denied.denial(), entered.request, entered.policy);
                return Optional.of(refuse(entered.request, denial, entered.authentication));
            }
            if (cause instanceof StoreException) {
                return Optional.of(failures.respond(entered.request, cause));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** Returns the response to a request that the adapter itself failed to evaluate, as {@link #failed(Entered, Throwable)}. */
    public AuthResponse failed(AuthRequest request, Throwable thrown) {
        return failures.respond(request, thrown);
    }

    /**
     * Evaluates the object permissions of the policy under which a request entered, before its handler reads, changes or
     * deletes an object. Mirrors DRF's {@code check_object_permissions} (drf-contract PM-7).
     *
     * @throws DeniedException if a permission refuses
     * @throws StoreException if a store fails
     */
    public void checkObject(Entered entered, Object object) {
        Verdict verdict = gate.checkObject(entered.request, entered.policy, entered.authentication, object);
        if (verdict instanceof Verdict.Denied denied) {
            throw new DeniedException(denied.denial());
        }
    }

    /**
     * Serves an endpoint: evaluates its policy, reads a bounded body and returns the response.
     *
     * @param path the decoded path below the prefix under which the endpoints are mounted, for instance {@code /token/}
     * @param body the body of the request, of which no more than the configured limit is read; not closed
     */
    public AuthResponse endpoint(AuthRequest request, String path, InputStream body) {
        AuthRequest client = request;
        try {
            client = proxies.apply(request);
            Optional<Denial> malformed = gate.refuseFraming(client);
            if (malformed.isPresent()) {
                return refuse(client, malformed.get(), Authentication.anonymous());
            }
            Optional<Denial> unread = refuseUnread(client);
            return unread.isPresent() ? responses.of(unread.get()) : serve(client, path, body);
        } catch (RuntimeException | Error e) {
            return failures.respond(client, e);
        }
    }

    /**
     * Returns the request with the client's address and scheme as trusted proxies report them, for handlers that pass a
     * request to a service of the core.
     */
    public AuthRequest resolveClient(AuthRequest request) {
        return proxies.apply(request);
    }

    /** Long rather than deep: the compiler inlines few levels, and each request comes here. */
    private Outcome evaluate(AuthRequest request, @Nullable Policy route, @Nullable Entered before, boolean errorPage) {
        AuthRequest client = request;
        try {
            client = proxies.apply(request);
            Policy policy = route == null ? rules.find(client) : route;
            Optional<Denial> malformed = gate.refuseFraming(client);
            if (malformed.isPresent()) {
                return new Respond(refuse(client, malformed.get(), Authentication.anonymous()));
            }
            Authentication known = before == null ? Authentication.anonymous() : before.authentication;
            List<Throttle> counted = before == null ? List.of() : before.counted;
            Verdict verdict = gate.evaluate(client, errorPage ? withoutLogin(policy, known) : policy, known, counted);
            failures.succeeded();
            return verdict instanceof Verdict.Denied denied
                    ? new Respond(refuse(client, denied.denial(), denied.authentication()))
                    : new Entered(
                            client, policy, verdict.authentication(), errorPage ? counted : both(counted, policy));
        } catch (RuntimeException | Error e) {
            return new Respond(failures.respond(client, e));
        }
    }

    private static Policy withoutLogin(Policy policy, Authentication known) {
        return policy.toBuilder()
                .authenticators(policy.authenticators().stream()
                        .filter(authenticator -> known.authenticator().equals(Optional.of(authenticator)))
                        .toList())
                .throttles()
                .build();
    }

    private static List<Throttle> both(List<Throttle> counted, Policy policy) {
        if (counted.isEmpty()) {
            return policy.throttles();
        }
        List<Throttle> all = new ArrayList<>(counted);
        all.addAll(policy.throttles());
        return all;
    }

    private Optional<Denial> refuseUnread(AuthRequest request) {
        for (String coding : request.headers("Content-Encoding")) {
            if (!coding.strip().equalsIgnoreCase("identity")) {
                return Optional.of(Denial.of(415, "Content-Encoding is not supported.", "unsupported_media_type"));
            }
        }
        return announcedLength(request) > endpoints.maxBody() ? Optional.of(RequestBody.tooLarge()) : Optional.empty();
    }

    /** A malformed length is left to the server; the body is bounded without it. */
    private static long announcedLength(AuthRequest request) {
        try {
            return Long.parseLong(request.header("Content-Length").orElse("0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The body is read last: a request that is refused without it must not hold a thread until it has been sent. */
    private AuthResponse serve(AuthRequest client, String path, InputStream in) {
        Optional<Endpoints.Match> match = endpoints.find(path);
        if (match.isEmpty()) {
            return responses.of(Denial.notFound());
        }
        Policy policy = match.get().policy();
        FormRequest request = new FormRequest(client, new RequestBody(in, endpoints.maxBody()));
        Verdict verdict = gate.evaluate(request, policy, Authentication.anonymous(), List.of());
        if (verdict instanceof Verdict.Denied denied) {
            return refuse(request, denied.denial(), denied.authentication());
        }
        Optional<Denial> unreadable = request.body().refuse();
        if (unreadable.isPresent()) {
            return responses.of(unreadable.get());
        }
        try {
            return match.get().handle(request, request.body().bytes(), verdict.authentication());
        } catch (RuntimeException | Error e) {
            return failed(new Entered(request, policy, verdict.authentication(), List.of()), e);
        }
    }

    private AuthResponse refuse(AuthRequest request, Denial denial, Authentication authentication) {
        String user = authentication.user().id();
        Duration wait = denial.retryAfter().orElse(Duration.ZERO);
        listener.on(
                denial.kind() == Denial.Kind.THROTTLED
                        ? new AuthEvent.RequestThrottled(
                                clock.instant(), request.method(), request.path(), request.remoteAddress(), wait, user)
                        : new AuthEvent.RequestDenied(
                                clock.instant(),
                                request.method(),
                                request.path(),
                                request.remoteAddress(),
                                denial.status(),
                                denial.code(),
                                denial.reason(),
                                user));
        return responses.of(denial);
    }
}
