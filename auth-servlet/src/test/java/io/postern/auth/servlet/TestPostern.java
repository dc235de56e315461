package io.postern.auth.servlet;

import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.isAdmin;
import static io.postern.auth.permission.StandardPermissions.isAuthenticated;

import io.postern.Postern;
import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Authenticator;
import io.postern.auth.Permission;
import io.postern.auth.Throttle;
import io.postern.auth.endpoint.EndpointResponse;
import java.util.List;
import java.util.Map;

/** The settings that the tests run with. */
final class TestPostern {

    private TestPostern() {}

    static Postern with(Throttle throttle, Authenticator... authenticators) {
        return Postern.builder()
                .authenticators(authenticators)
                .permission(isAuthenticated())
                .policy("/public/*", place -> place.permissions(allowAny()))
                .policy("/admin/*", place -> place.permissions(isAdmin()))
                .policy("/throttled/*", place -> place.permissions(allowAny()).throttles(throttle))
                .policy("/owned/*", place -> place.permissions(new OwnedByCaller()))
                .policy("/hollow/*", place -> place.permissions(allowAny()).authenticators())
                .endpoint(
                        "/echo/",
                        request -> EndpointResponse.json(
                                200,
                                Map.of(
                                        "method", request.request().method(),
                                        "length", request.body().length,
                                        "values", List.of(request.path()))))
                .endpoint("/broken/", request -> {
                    throw new IllegalStateException("the inside is hollow");
                })
                .build();
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
