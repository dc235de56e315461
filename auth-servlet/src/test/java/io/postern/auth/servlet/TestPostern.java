package io.postern.auth.servlet;

import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.AuthResponse;
import io.postern.auth.Authentication;
import io.postern.auth.Authenticator;
import io.postern.auth.Permission;
import io.postern.auth.Policy;
import io.postern.auth.Throttle;
import io.postern.auth.endpoint.Endpoint;
import io.postern.auth.endpoint.EndpointRequest;
import io.postern.auth.endpoint.Endpoints;
import io.postern.auth.proxy.Proxies;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The settings that the tests run with. */
final class TestPostern {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PATCH", "BREW");
    private static final Policy OPEN = Policy.builder().permissions(allowAny()).build();

    private TestPostern() {}

    static Postern with(AtomicInteger counted, Authenticator first, Authenticator... others) {
        Throttle counting = (request, authentication) -> {
            counted.incrementAndGet();
            return new Throttle.Admission.Admitted();
        };
        Permission once = (request, authentication) -> counted.incrementAndGet() > 0;
        return Postern.builder()
                .authenticators(first, others)
                .proxies(Proxies.none().withSecureHeader("X-Forwarded-Proto", "https"))
                .permissions(isAuthenticated())
                .policy("/public/*", allowAny())
                .policy("/admin/*", isAdmin())
                .policy("/api/admin/*", isAdmin())
                .policy("/once/*", once)
                .policy("/throttled/*", policy -> policy.permissions(allowAny()).throttles(counting))
                .policy("/owned/*", new OwnedByCaller())
                .policy("/hollow/*", policy -> policy.permissions(allowAny()).withoutAuthenticators())
                .endpoints(all -> all.add("/echo/", OPEN, anyMethod(TestPostern::echo))
                        .add(
                                "/cookies/",
                                OPEN,
                                anyMethod(request -> AuthResponse.json(200, "baked")
                                        .withHeader("Set-Cookie", "one=1")
                                        .withHeader("Set-Cookie", "two=2")))
                        .add("/broken/", OPEN, anyMethod(request -> {
                            throw new IllegalStateException("an internal detail");
                        })))
                .build();
    }

    private static UnaryOperator<Endpoints.Methods> anyMethod(Endpoint endpoint) {
        return methods -> {
            METHODS.forEach(method -> methods.on(method, endpoint));
            return methods;
        };
    }

    private static AuthResponse echo(EndpointRequest request) {
        Map<String, Object> seen = Map.of(
                "method", request.request().method(),
                "length", request.body().length,
                "path", request.path());
        return AuthResponse.json(200, seen);
    }

    /** Grants objects that are the caller's name. */
    record OwnedByCaller() implements Permission {

        @Override
        public boolean allows(AuthRequest request, Authentication authentication) {
            return authentication.isAuthenticated();
        }

        @Override
        public boolean allowsObject(AuthRequest request, Authentication authentication, Object object) {
            return object.equals(authentication.user().username());
        }
    }
}
