package io.postern.auth.servlet;

import static io.postern.auth.permission.StandardPermissions.allowAny;
import static io.postern.auth.permission.StandardPermissions.denyAll;

import io.postern.auth.AuthRequest;
import io.postern.auth.Authentication;
import io.postern.auth.Permission;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.HttpMethodConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The constraints of {@code @ServletSecurity} (Servlet 6.0, section 13.4).
 *
 * @param byMethod the constraints of single methods
 * @param others the constraint of all other methods
 */
record SecurityConstraints(Map<String, Constraint> byMethod, Constraint others) implements Permission {

    record Constraint(Permission permission, boolean confidential) {

        static Constraint of(HttpConstraint on) {
            return of(on.rolesAllowed(), on.value(), on.transportGuarantee());
        }

        static Constraint of(HttpMethodConstraint on) {
            return of(on.rolesAllowed(), on.emptyRoleSemantic(), on.transportGuarantee());
        }

        private static Constraint of(String[] roles, EmptyRoleSemantic empty, TransportGuarantee transport) {
            Permission withoutRoles = empty == EmptyRoleSemantic.PERMIT ? allowAny() : denyAll();
            return new Constraint(
                    roles.length == 0 ? withoutRoles : Roles.anyOf(roles),
                    transport == TransportGuarantee.CONFIDENTIAL);
        }
    }

    static SecurityConstraints of(ServletSecurity security) {
        Map<String, Constraint> methods = Arrays.stream(security.httpMethodConstraints())
                .collect(Collectors.toUnmodifiableMap(HttpMethodConstraint::value, Constraint::of));
        return new SecurityConstraints(methods, Constraint.of(security.value()));
    }

    @Override
    public boolean allows(AuthRequest request, Authentication authentication) {
        return constraint(request).permission().allows(request, authentication);
    }

    boolean requiresHttps(AuthRequest request) {
        return constraint(request).confidential();
    }

    boolean constrainsTransport() {
        return others.confidential() || byMethod.values().stream().anyMatch(Constraint::confidential);
    }

    /** A servlet handles HEAD by its GET, so a constraint on GET applies to HEAD too. */
    private Constraint constraint(AuthRequest request) {
        Function<String, Constraint> find = method -> byMethod.getOrDefault(method, others);
        boolean asGet = request.method().equals("HEAD") && !byMethod.containsKey("HEAD");
        return find.apply(asGet ? "GET" : request.method());
    }
}
