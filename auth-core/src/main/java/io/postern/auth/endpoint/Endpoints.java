package io.postern.auth.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Denial;
import io.postern.auth.Policy;
import io.postern.auth.Throttle;
import io.postern.auth.event.AuthListener;
import io.postern.auth.internal.JsonLimits;
import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionAuthenticator;
import io.postern.auth.session.SessionLogin;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The endpoints of an application, by path and method.
 *
 * <pre>{@code
 * .endpoints(all -> all.add("/user/{id}/", policy, methods -> methods.get(show).put(change)))
 * }</pre>
 *
 * {@code io.postern.Guard} serves them. The slash at the end of a request's path may be omitted. Immutable and safe for use
 * by several threads.
 */
public final class Endpoints {

    private final Body body;
    private final Map<String, Route> literal = new LinkedHashMap<>();
    private final List<Route> templates;

    private Endpoints(Builder builder) {
        this.body = builder.body;
        List<Route> variable = new ArrayList<>();
        for (Route route : builder.routes.values()) {
            if (route.template().hasVariables()) {
                variable.add(route);
            } else {
                literal.put(route.path(), route);
            }
        }
        variable.sort((one, other) -> PathTemplate.mostSpecificFirst(one.template(), other.template()));
        this.templates = List.copyOf(variable);
    }

    /**
     * Returns a builder without endpoints.
     *
     * @param throttles limit the endpoints that need no authentication; none by default, as in DRF
     * @param listener receives events of logins; refusals and failing stores are reported by the guard
     * @param clock timestamps these events
     */
    public static Builder builder(
            ErrorFormat errors, BodyLimits limits, List<Throttle> throttles, AuthListener listener, Clock clock) {
        return new Builder(new Body(limits, errors), throttles, listener, clock);
    }

    /**
     * Finds the endpoint of a path: a literal path takes precedence over one with variables.
     *
     * @param path the decoded path below the prefix under which the endpoints are mounted
     */
    public Optional<Match> find(String path) {
        String closed = path.endsWith("/") ? path : path + "/";
        if (!closed.startsWith("/")) {
            return Optional.empty();
        }
        Route exact = literal.get(closed);
        if (exact != null) {
            return Optional.of(new Match(exact, path, Map.of(), body));
        }
        for (Route route : templates) {
            Optional<Map<String, String>> variables = route.template().match(closed);
            if (variables.isPresent()) {
                return Optional.of(new Match(route, path, variables.get(), body));
            }
        }
        return Optional.empty();
    }

    /** Returns how many bytes of a body are accepted; a longer body is refused with 413. */
    public int maxBody() {
        return body.limits().bytes();
    }

    /** Returns the paths of the endpoints below their prefix, sorted, variables in braces. */
    public Set<String> paths() {
        Set<String> paths = new TreeSet<>(literal.keySet());
        templates.forEach(route -> paths.add(route.path()));
        return paths;
    }

    /** The endpoint that serves the path of a request. */
    public static final class Match {

        private final Route route;
        private final String path;
        private final Map<String, String> variables;
        private final Body body;

        private Match(Route route, String path, Map<String, String> variables, Body body) {
            this.route = route;
            this.path = path;
            this.variables = variables;
            this.body = body;
        }

        /** Returns the policy that must have granted the request before it is handled. */
        public Policy policy() {
            return route.policy();
        }

        /**
         * Handles a request that the policy has granted.
         *
         * @return the response of the method's function; 405 with {@code Allow} if there is none
         */
        public AuthResponse handle(AuthRequest request, byte[] bytes, Authentication authentication) {
            Endpoint endpoint = route.methods().get(request.method());
            if (endpoint != null) {
                return endpoint.handle(new EndpointRequest(request, path, variables, bytes, authentication, body));
            }
            AuthResponse response = request.method().equals("OPTIONS")
                    ? AuthResponse.json(200, Map.of())
                    : body.errors().response(Denial.methodNotAllowed(request.method()));
            return response.withHeader("Allow", route.allow());
        }
    }

    private record Route(String path, PathTemplate template, Policy policy, Map<String, Endpoint> methods) {
        String allow() {
            return String.join(", ", methods.keySet()) + ", OPTIONS";
        }
    }

    /** The functions of one path, one per HTTP method. OPTIONS and 405 are handled for them. */
    public static final class Methods {

        private final Map<String, Endpoint> functions = new TreeMap<>();

        private Methods() {}

        /** Sets the function for GET and HEAD; adapters omit the body of a response to HEAD. */
        public Methods get(Endpoint endpoint) {
            return on("GET", endpoint).on("HEAD", endpoint);
        }

        /** Sets the function for POST. */
        public Methods post(Endpoint endpoint) {
            return on("POST", endpoint);
        }

        /** Sets the function for PUT. */
        public Methods put(Endpoint endpoint) {
            return on("PUT", endpoint);
        }

        /** Sets the function for PATCH. */
        public Methods patch(Endpoint endpoint) {
            return on("PATCH", endpoint);
        }

        /** Sets the function for DELETE. */
        public Methods delete(Endpoint endpoint) {
            return on("DELETE", endpoint);
        }

        /**
         * Sets the function for any method.
         *
         * @throws IllegalArgumentException if the method has a function already
         */
        public Methods on(String method, Endpoint endpoint) {
            if (functions.putIfAbsent(method, endpoint) != null) {
                throw new IllegalArgumentException("duplicate function for " + method);
            }
            return this;
        }
    }

    /** Collects endpoints. Not safe for use by several threads. */
    public static final class Builder {

        private final Body body;
        private final AuthListener listener;
        private final Clock clock;
        private final Policy open;
        private final Map<String, Route> routes = new LinkedHashMap<>();

        private Builder(Body body, List<Throttle> throttles, AuthListener listener, Clock clock) {
            this.body = body;
            this.listener = listener;
            this.clock = clock;
            this.open = Policy.builder()
                    .permissions(StandardPermissions.allowAny())
                    .throttles(throttles)
                    .build();
        }

        /** Adds {@code /session/logout/} and {@code /csrf/}. */
        public Builder session(SessionLogin sessions, Csrf csrf) {
            Policy loggedIn = Policy.builder()
                    .authenticators(new SessionAuthenticator(sessions, csrf))
                    .permissions(StandardPermissions.isAuthenticated())
                    .build();
            add("/session/logout/", loggedIn, methods -> methods.post(new LogOut(sessions, listener, clock)));
            return addPublic("/csrf/", methods -> methods.get(new ShowCsrfToken(sessions, csrf)));
        }

        /** Returns the format of refusals. */
        public ErrorFormat errorFormat() {
            return body.errors();
        }

        /**
         * Adds an endpoint that needs no authentication; the configured throttles limit it.
         *
         * @param path as for {@link #add}
         */
        public Builder addPublic(String path, UnaryOperator<Methods> methods) {
            return add(path, open, methods);
        }

        /**
         * Adds an endpoint.
         *
         * @param path the path below the prefix, with a slash at either end; a whole segment may be a variable such as
         *     {@code {id}}
         * @param policy evaluated before any method, OPTIONS included
         * @param methods sets the functions, {@code methods -> methods.get(show).put(change)}
         * @throws IllegalArgumentException if the path is taken or malformed
         */
        public Builder add(String path, Policy policy, UnaryOperator<Methods> methods) {
            PathTemplate template = PathTemplate.of(path);
            Map<String, Endpoint> functions = methods.apply(new Methods()).functions;
            Route route = new Route(path, template, policy, new TreeMap<>(functions));
            if (routes.putIfAbsent(template.shape(), route) != null) {
                throw new IllegalArgumentException("there is an endpoint at " + path + " already");
            }
            return this;
        }

        /** Returns the endpoints. */
        public Endpoints build() {
            return new Endpoints(this);
        }
    }

    /**
     * The limits of request bodies of endpoints.
     *
     * @param bytes the maximum length, 16 KiB by default; a longer body is refused with 413
     * @param jsonDepth the maximum nesting of JSON; deeper JSON is refused with 400
     */
    public record BodyLimits(int bytes, int jsonDepth) {

        private static final int MAX_BYTES = 16_777_216;

        /**
         * Validates the limits: a login must fit, and bodies are read into memory.
         *
         * @throws IllegalArgumentException if the length is not from 1 KiB to 16 MiB or the depth not from 2 to 100
         */
        public BodyLimits {
            if (bytes < 1024 || bytes > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "the maximum body must be at least 1024 and at most " + MAX_BYTES + " bytes, not " + bytes);
            }
            if (jsonDepth < 2 || jsonDepth > 100) {
                throw new IllegalArgumentException("JSON depth must be from 2 to 100, not " + jsonDepth);
            }
        }

        JsonLimits json() {
            return new JsonLimits(jsonDepth, JsonLimits.BODY.maxValues(), true);
        }
    }
}
