package io.postern.auth.endpoint;

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
import io.postern.auth.event.AuthListener;
import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionAuthenticator;
import io.postern.auth.session.SessionLogin;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * All endpoints under one roof: finds the one of a path, asks its policy, and answers.
 *
 * <pre>{@code
 * AuthResponse response = postern.endpoints().handle(new EndpointRequest(request, "/token/", body));
 * }</pre>
 *
 * A slash at the end of the path may be left out. Immutable and safe for use by several threads.
 */
public final class Endpoints {

    private static final Policy OPEN =
            Policy.builder().permissions(StandardPermissions.allowAny()).build();

    private final Gate gate;
    private final ErrorResponses errors;
    private final BodyLimits limits;
    private final Map<String, Route> routes;

    private Endpoints(Builder builder) {
        this.gate = builder.gate;
        this.errors = builder.body.errors();
        this.limits = builder.body.limits();
        this.routes = Map.copyOf(builder.routes);
    }

    /**
     * Returns a builder without endpoints.
     *
     * @param gate asks their policies
     * @param errors writes refusals
     * @param limits how large bodies may be
     * @return the builder
     */
    public static Builder builder(Gate gate, ErrorResponses errors, BodyLimits limits) {
        return new Builder(gate, new Body(limits, errors));
    }

    /**
     * Answers a request.
     *
     * @param request the request with its body
     * @return the answer; 404 if there is no endpoint at the path, 405 if it does not take the method
     */
    public AuthResponse handle(EndpointRequest request) {
        Route route = routes.get(withSlash(request.path()));
        if (route == null) {
            return errors.of(Denial.notFound());
        }
        AuthRequest client = new FormRequest(request.request(), request.body());
        Verdict verdict = gate.check(client, route.policy());
        if (verdict instanceof Verdict.Denied denied) {
            return errors.of(denied.denial());
        }
        Authentication who = ((Verdict.Granted) verdict).authentication();
        return answer(route, client, new EndpointRequest(gate.seen(client), request.path(), request.body(), who));
    }

    /**
     * Returns how many bytes of a body an adapter needs to read.
     *
     * @return the limit; a longer body is refused with 413
     */
    public int maxBody() {
        return limits.bytes();
    }

    /**
     * Returns the paths that are answered.
     *
     * @return the paths below the mount, sorted
     */
    public Set<String> paths() {
        return new TreeSet<>(routes.keySet());
    }

    private AuthResponse answer(Route route, AuthRequest client, EndpointRequest request) {
        String method = request.request().method();
        if (method.equals("OPTIONS")) {
            return AuthResponse.json(200, Map.of()).with("Allow", route.allow());
        }
        if (!route.methods().contains(method)) {
            return errors.of(Denial.methodNotAllowed(method)).with("Allow", route.allow());
        }
        try {
            return route.endpoint().handle(request);
        } catch (DeniedException e) {
            return errors.of(gate.complete(client, route.policy(), request.authentication(), e));
        } catch (StoreException e) {
            return errors.of(gate.failed(client, e));
        }
    }

    private static String withSlash(String path) {
        return path.endsWith("/") ? path : path + "/";
    }

    private record Route(Set<String> methods, Policy policy, Endpoint endpoint) {
        String allow() {
            return String.join(", ", new TreeSet<>(methods)) + ", OPTIONS";
        }
    }

    /** Collects endpoints. Not safe for use by several threads. */
    public static final class Builder {

        private final Gate gate;
        private final Body body;
        private final Map<String, Route> routes = new LinkedHashMap<>();
        private AuthListener listener = AuthListener.logging();
        private Clock clock = Clock.systemUTC();
        private Policy open = OPEN;

        private Builder(Gate gate, Body body) {
            this.gate = Objects.requireNonNull(gate, "gate");
            this.body = body;
        }

        /**
         * Sets who is told of logins, for the endpoints added afterwards; refusals and failing stores are the gate's to tell.
         *
         * @param value in place of the logging listener, which is the default
         * @return this builder
         */
        public Builder listener(AuthListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * Sets the clock that dates events, for the endpoints added afterwards.
         *
         * @param value the system's clock by default
         * @return this builder
         */
        public Builder clock(Clock value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Limits how often a caller may come to those endpoints that need no login and are added afterwards.
         *
         * @param throttles all are asked; none by default, as in DRF
         * @return this builder
         */
        public Builder throttles(List<Throttle> throttles) {
            open = OPEN.toBuilder().throttles(throttles).build();
            return this;
        }

        /**
         * Adds {@code /session/logout/} and {@code /csrf/}.
         *
         * @param sessions ends sessions
         * @param csrf the CSRF protection of sessions
         * @return this builder
         */
        public Builder session(SessionLogin sessions, Csrf csrf) {
            Policy loggedIn = Policy.builder()
                    .authenticators(new SessionAuthenticator(sessions, csrf))
                    .permissions(StandardPermissions.isAuthenticated())
                    .build();
            add("/session/logout/", Set.of("POST"), loggedIn, new LogOut(sessions, listener, clock));
            return addOpen("/csrf/", Set.of("GET", "HEAD"), new ShowCsrfToken(sessions, csrf));
        }

        /**
         * Returns what reads the bodies of requests.
         *
         * @return the reader, which refuses as the other endpoints do
         */
        public Body body() {
            return body;
        }

        /**
         * Adds an endpoint that needs no login; {@link #throttles} limit it.
         *
         * @param path the path below the mount, with a slash at either end
         * @param methods the methods it takes; OPTIONS is answered for it
         * @param endpoint answers
         * @return this builder
         * @throws IllegalArgumentException if the path is taken or lacks a slash
         */
        public Builder addOpen(String path, Set<String> methods, Endpoint endpoint) {
            return add(path, methods, open, endpoint);
        }

        /**
         * Adds an endpoint.
         *
         * @param path the path below the mount, with a slash at either end
         * @param methods the methods it takes; OPTIONS is answered for it
         * @param policy what it demands
         * @param endpoint answers
         * @return this builder
         * @throws IllegalArgumentException if the path is taken or lacks a slash
         */
        public Builder add(String path, Set<String> methods, Policy policy, Endpoint endpoint) {
            if (!path.startsWith("/") || !path.endsWith("/")) {
                throw new IllegalArgumentException("an endpoint's path begins and ends with a slash: " + path);
            }
            if (routes.putIfAbsent(path, new Route(Set.copyOf(methods), policy, endpoint)) != null) {
                throw new IllegalArgumentException("there is an endpoint at " + path + " already");
            }
            return this;
        }

        /**
         * Returns the endpoints.
         *
         * @return the endpoints
         */
        public Endpoints build() {
            return new Endpoints(this);
        }
    }
}
