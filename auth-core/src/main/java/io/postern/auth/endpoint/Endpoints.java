package io.postern.auth.endpoint;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Challenge;
import io.postern.auth.Denial;
import io.postern.auth.DeniedException;
import io.postern.auth.Gate;
import io.postern.auth.Policy;
import io.postern.auth.StoreException;
import io.postern.auth.Verdict;
import io.postern.auth.event.AuthListener;
import io.postern.auth.jwt.JwtIssuer;
import io.postern.auth.jwt.JwtSettings;
import io.postern.auth.password.PasswordLogin;
import io.postern.auth.permission.StandardPermissions;
import io.postern.auth.session.Csrf;
import io.postern.auth.session.SessionAuthenticator;
import io.postern.auth.session.SessionLogin;
import io.postern.auth.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All endpoints under one roof: finds the one of a path, asks its policy, and answers.
 *
 * <pre>{@code
 * EndpointResponse response = postern.endpoints().handle(new EndpointRequest(request, "/jwt/create/", body));
 * }</pre>
 *
 * A slash at the end of the path may be left out. Immutable and safe for use by several threads.
 */
public final class Endpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
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
    public EndpointResponse handle(EndpointRequest request) {
        Route route = routes.get(withSlash(request.path()));
        if (route == null) {
            return errors.of(Denial.notFound());
        }
        AuthRequest client = new FormRequest(request.request(), request.body());
        Verdict verdict = gate.check(client, route.policy(), Authentication.anonymous());
        return verdict instanceof Verdict.Denied denied
                ? errors.of(denied.denial())
                : answer(route, new EndpointRequest(gate.seen(client), request.path(), request.body()));
    }

    /**
     * Returns how many bytes of a body an adapter needs to read.
     *
     * @return the limit; a longer body is refused with 413
     */
    public int largestBody() {
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

    private EndpointResponse answer(Route route, EndpointRequest request) {
        String method = request.request().method();
        if (method.equals("OPTIONS")) {
            return EndpointResponse.json(200, Map.of()).with("Allow", route.allow());
        }
        if (!route.methods().contains(method)) {
            return errors.of(Denial.methodNotAllowed(method)).with("Allow", route.allow());
        }
        try {
            return route.endpoint().handle(request);
        } catch (DeniedException e) {
            return errors.of(e.denial());
        } catch (StoreException e) {
            LOG.error("a store failed", e);
            return errors.of(Denial.unavailable(Duration.ofSeconds(1)));
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

        private Builder(Gate gate, Body body) {
            this.gate = Objects.requireNonNull(gate, "gate");
            this.body = body;
        }

        /**
         * Sets who is told of logins, for the endpoints added afterwards.
         *
         * @param value is told
         * @param dates the events
         * @return this builder
         */
        public Builder events(AuthListener value, Clock dates) {
            listener = value;
            clock = dates;
            return this;
        }

        /**
         * Adds {@code /token/}: name and password for an opaque token.
         *
         * @param login checks passwords
         * @param tokens issues tokens
         * @return this builder
         */
        public Builder token(PasswordLogin login, Tokens tokens) {
            return add("/token/", Set.of("POST"), OPEN, new ObtainToken(form(login), tokens));
        }

        /**
         * Adds {@code /jwt/create/}: name and password for a pair of signed tokens.
         *
         * @param login checks passwords
         * @param settings what tokens say
         * @return this builder
         */
        public Builder jwt(PasswordLogin login, JwtSettings settings) {
            Challenge challenge =
                    Challenge.of(settings.names().schemes().get(0)).with("realm", settings.realm());
            JwtIssuer issuer = new JwtIssuer(settings, listener, clock);
            return add("/jwt/create/", Set.of("POST"), OPEN, new CreateJwt(form(login), issuer, challenge));
        }

        /**
         * Adds {@code /session/login/}, {@code /session/logout/} and {@code /csrf/}.
         *
         * @param login checks passwords
         * @param sessions binds sessions to users
         * @param csrf the proof asked of unsafe requests
         * @return this builder
         */
        public Builder session(PasswordLogin login, SessionLogin sessions, Csrf csrf) {
            Policy loggedIn = Policy.builder()
                    .authenticators(new SessionAuthenticator(sessions, csrf))
                    .permissions(StandardPermissions.isAuthenticated())
                    .build();
            add("/session/login/", Set.of("POST"), OPEN, new LogIn(form(login), sessions, csrf));
            add("/session/logout/", Set.of("POST"), loggedIn, new LogOut(sessions, listener, clock));
            return add("/csrf/", Set.of("GET", "HEAD"), OPEN, new ShowCsrfToken(sessions, csrf));
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

        private LoginForm form(PasswordLogin login) {
            return new LoginForm(body, login, listener, clock);
        }
    }
}
